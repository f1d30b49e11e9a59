import type { Counter } from '../protocol/bus-share.js';

/** How messages of one lane and type are numbered: one by one, from the last number that any bridge of the bus had given. */
export class Numbering {
  last: number;
  readonly #shared: Counter;

  /** @param shared with the other bridges of the bus */
  constructor(shared: Counter) {
    this.#shared = shared;
    this.last = shared.last;
  }

  /** Gives the next number. */
  next(): number {
    const number = ++this.last;
    if (number > this.#shared.last) this.#shared.last = number;
    return number;
  }
}
