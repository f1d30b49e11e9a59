import type { Clock } from '@stasis-rx/bridge';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that goes on when it is told to. */
export class ManualClock implements Clock {
  now = 0;
  readonly #timers = new Set<Timer>();

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.now + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** So many milliseconds pass: what falls due is done in its order, and what comes of it before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await quiet();
      const due = [...this.#timers].filter(({ at }) => at <= end);
      if (due.length === 0) break;
      this.now = Math.max(this.now, Math.min(...due.map(({ at }) => at)));
      for (const timer of due) {
        if (timer.at > this.now || !this.#timers.delete(timer)) continue;
        timer.callback();
      }
    }
    this.now = end;
  }
}

/** Long enough for all that needs no clock: frames are confirmed, announcements heard, mailboxes empty. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
}
