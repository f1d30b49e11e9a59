/** Something to read the time from, in milliseconds. */
export interface Clock {
  look(): number;
  /** The time at which something begins: that at which what came before has ended, where it is known. */
  now(): number;
}

/** The platform's `performance`, as far as it is used: without the DOM's types, its own has no name. */
export interface SteadyTime {
  now(): number;
}

/** Takes the times of what happens in turn, with one look at the clock for each: where one ends the next begins. */
export class Stopwatch implements Clock {
  lookedAt: number;
  readonly #performance: SteadyTime;

  /** @param performance the global one: to look it up costs as much as half a delivery */
  constructor(performance: SteadyTime) {
    this.#performance = performance;
    this.lookedAt = performance.now();
  }

  now(): number {
    return this.lookedAt;
  }

  look(): number {
    return (this.lookedAt = this.#performance.now());
  }
}
