/** What a bridge takes its time from. Tests put one of their own in its place. */
export interface Clock {
  /** Calls back once, after so many milliseconds. Returns what stops that. Must not keep a process alive by itself. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The platform's timers. In Node they do not keep the process alive. */
export const systemClock: Clock = {
  after: (delayMs, callback) => {
    const timer: unknown = setTimeout(callback, delayMs);
    (timer as { unref?: () => void } | undefined)?.unref?.();
    return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
