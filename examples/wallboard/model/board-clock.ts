/**
 * What time it is where the calls are: in the recording, or in the Asterisk whose clock may be wrong. It is set by the
 * messages' own times, and goes on between them.
 */
export interface BoardClock {
  /** How fast it goes between messages: 1 as the wall clock, 0 not at all. */
  rate: number;
  /** When it was first set, in milliseconds since the Unix epoch; `null` before that. */
  readonly startedAt: number | null;
  /** Sets it, unless it is ahead. @param timestamp in milliseconds since the Unix epoch */
  observe(timestamp: number): void;
  /** Milliseconds since the Unix epoch; `null` before it was set. Never goes back. */
  now(): number | null;
  /** Forgets everything but its rate. */
  reset(): void;
}

/** @param wallClock milliseconds since any moment */
export function createBoardClock(wallClock: () => number = () => performance.now()): BoardClock {
  let rate = 0;
  let startedAt: number | null = null;
  let setTo = 0;
  let setAt = 0;
  const now = () => (startedAt === null ? null : setTo + (wallClock() - setAt) * rate);
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
