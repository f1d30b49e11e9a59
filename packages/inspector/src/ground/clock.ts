/** What an inspector takes its time from. Tests put one of their own in its place. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once, after so many milliseconds. Returns what stops that. Must not keep a process alive by itself. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The platform's time and timers. In Node they do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer: unknown = setTimeout(callback, delayMs);
    (timer as { unref?: () => void } | undefined)?.unref?.();
    return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
