import type { Clock } from './stopwatch.js';
import { isStretchOld, spendStretch, STRETCH_MS, stretchAllowance } from './stretch.js';

/** A clock read costs more than a delivery, so the clock is looked at once in so many messages, at the most. */
const MOST_PATIENCE = 64;
/** So many bursts may begin when a stretch is old: after that they are a loop of microtasks, and have to wait. */
const MOST_LATE_BURSTS = 4;

/** How long mailboxes may be drained until timers and I/O get their turn, as one turn sees it. */
export class TimeSlice implements Clock {
  readonly #performance = performance;
  readonly #isShared: boolean;
  #untilLook = 1;
  #lookEvery = 1;
  #isResumed = true;
  #isSpent = false;
  /** From when on the time is measured. */
  #startedAt = 0;
  #beganAt = 0;
  #lookedAt = 0;
  #lateBursts = 0;
  /** Whether the last look was made at the end of the last message, and nothing has been handled since. */
  #isFresh = false;

  /** @param isShared whether it is a part of what all buses may drain at a stretch */
  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** How many messages may be handled before {@link TimeSlice.isSpent} is to be asked: at least 1. */
  get patience(): number {
    return Math.max(this.#untilLook, 1);
  }

  /** A burst begins. Returns the time. */
  begin(): number {
    const now = this.#performance.now();
    this.#beginAt(now);
    this.#lookEvery = 1;
    this.#untilLook = this.#isSpent ? 0 : 1;
    return (this.#lookedAt = now);
  }

  /** Something goes on, perhaps after timers and I/O have had their turn. Looks at the clock when that is due anyway. */
  resume(): void {
    this.#isFresh = false;
    if (!this.#isShared) return;
    this.#isResumed = true;
    if (this.#isSpent) this.#untilLook = 1;
    this.#isSpent = false;
  }

  /** A burst has ended. */
  end(): void {
    spendStretch(this.#performance.now() - this.#beganAt);
  }

  /** Whether the rest must wait, so that timers and I/O get their turn. Told how many messages were handled meanwhile. */
  isSpent(handled: number): boolean {
    const isDue = (this.#untilLook -= handled) <= 0;
    if (isDue && !this.#isSpent) this.look();
    this.#isFresh = isDue && !this.#isSpent;
    return isDue && this.#isSpent;
  }

  /** The time at which the next message begins: between two messages one look at the clock is enough. */
  now(): number {
    return this.#isFresh ? this.#lookedAt : this.look();
  }

  /** While handlers are quick it need not look often; slow ones are looked at one by one. */
  look(): number {
    const now = this.#performance.now();
    if (this.#isResumed) this.#beginAt(now);
    this.#isSpent ||= now - this.#startedAt >= STRETCH_MS;
    this.#lookEvery = now - this.#lookedAt < 1 ? Math.min(this.#lookEvery * 2, MOST_PATIENCE) : 1;
    this.#untilLook = this.#isSpent ? 0 : this.#lookEvery;
    return (this.#lookedAt = now);
  }

  #beginAt(now: number): void {
    this.#isResumed = false;
    this.#beganAt = this.#startedAt = now;
    if (this.#isShared) {
      this.#lateBursts = isStretchOld(now) ? this.#lateBursts + 1 : 0;
      this.#startedAt = now - STRETCH_MS + stretchAllowance(now);
    }
    this.#isSpent = this.#lateBursts > MOST_LATE_BURSTS;
  }
}
