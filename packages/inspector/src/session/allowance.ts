import type { Clock } from '../ground/clock.js';

const PER_SECOND = 50;
const AT_ONCE = 100;

/** So many that were too many, less those that time has forgiven, are a flood. */
const FLOOD = 1_000;

/** What requests may cost: so much a second, and more for a moment. */
export class Allowance {
  readonly #clock: Clock;
  #left = AT_ONCE;
  #filledAt: number;
  #refused = 0;
  #isToBeTold = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#filledAt = clock.now();
  }

  /** Whether there have been far too many. */
  get isFlooded(): boolean {
    return this.#refused > FLOOD;
  }

  /** Whether the last one is the first that was too much: it is the one that is told. */
  get isToBeTold(): boolean {
    return this.#isToBeTold;
  }

  /** Whether there is so much left, which is then taken. */
  take(cost: number): boolean {
    const now = this.#clock.now();
    const filled = (Math.max(0, now - this.#filledAt) / 1000) * PER_SECOND;
    this.#filledAt = now;
    this.#left = Math.min(AT_ONCE, this.#left + filled);
    this.#refused = Math.max(0, this.#refused - filled);
    const isEnough = this.#left >= cost;
    this.#isToBeTold = !isEnough && this.#refused === 0;
    if (isEnough) this.#left -= cost;
    else this.#refused++;
    return isEnough;
  }
}
