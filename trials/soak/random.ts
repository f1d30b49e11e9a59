/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `count`, without `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of some, of which there is at least one. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

/** What may happen, and how often in comparison. */
export type Weighted<T> = readonly (readonly [weight: number, choice: T])[];

/** Picks by weight, from a table with at least one choice. */
export function lottery<T>(table: Weighted<T>): (random: Random) => T {
  const total = table.reduce((sum, [weight]) => sum + weight, 0);
  return (random) => {
    let rest = random.next() * total;
    const drawn = table.findIndex(([weight]) => (rest -= weight) < 0);
    return (table.at(drawn) as Weighted<T>[number])[1];
  };
}
