const shortestMs = 100;
const longestMs = 5000;

/**
 * How long to wait before the next attempt: 100 ms, doubled by every failure up to 5 seconds, of which a random half is
 * taken off, so that the clients of a server that comes back do not all knock at once.
 */
export class BackOff {
  readonly #random: () => number;
  #failures = 0;

  /** @param random a number from 0 to below 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Notes a failure. @returns milliseconds to wait */
  fail(): number {
    const ceiling = Math.min(longestMs, shortestMs * 2 ** this.#failures++);
    return ceiling * (1 - this.#random() / 2);
  }

  /** Notes that all is well: the next wait is a short one again. */
  succeed(): void {
    this.#failures = 0;
  }
}
