/**
 * What time it is where the calls are: in the recording, or in the Asterisk whose clock may be wrong. It is set by the
 * messages' own times, and goes on between them.
 */
export interface BoardClock {
  /** How fast it goes between messages: 1 as the wall clock, 0 not at all. */
  rate: number;
  /**
   * Between messages it does not pass this, in milliseconds since the Unix epoch: when the next one, which may be late, was
   * sent. Infinity where that is not known.
   */
  limit: number;
  /** When it was first set, in milliseconds since the Unix epoch; `null` before that. */
  readonly startedAt: number | null;
  /** Sets it, unless it is ahead. @param timestamp in milliseconds since the Unix epoch */
  observe(timestamp: number): void;
  /** Milliseconds since the Unix epoch; `null` before it was set. Never goes back. */
  now(): number | null;
  /** Forgets everything but its rate and limit. */
  reset(): void;
}

/** @param wallClock milliseconds since any moment */
export function createBoardClock(wallClock: () => number = () => performance.now()): BoardClock {
  let rate = 0;
  let limit = Infinity;
  let startedAt: number | null = null;
  let setTo = 0;
  let setAt = 0;
  const elapsed = () => (wallClock() - setAt) * rate;
  const now = () => (startedAt === null ? null : Math.max(setTo, Math.min(setTo + elapsed(), limit)));
  const set = (timestamp: number) => {
    setTo = timestamp;
    setAt = wallClock();
  };

  return {
    get rate() {
      return rate;
    },
    set rate(next: number) {
      set(now() ?? 0);
      rate = next;
    },
    get limit() {
      return limit;
    },
    set limit(next: number) {
      set(now() ?? 0);
      limit = next;
    },
    get startedAt() {
      return startedAt;
    },
    observe: (timestamp) => {
      startedAt ??= timestamp;
      if (timestamp > (now() ?? -Infinity)) set(timestamp);
    },
    now,
    reset: () => (startedAt = null),
  };
}
