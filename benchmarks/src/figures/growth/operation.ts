import type { Trial } from '../../harness/time-ratio.js';

/** What is done many times over, and once more four times as many times. */
export interface Operation {
  /**
   * How many times at first: so many that what is quadratic is seen to be, and so few that four times as many take a
   * fraction of a second even then.
   */
  readonly count: number;
  /** Prepares to do it so many times, on a bus of its own. */
  readonly prepare: (count: number) => Trial;
}

/**
 * @param what what was counted
 * @throws Error unless all have been seen
 */
export function expectAll(count: number, what: string, seen: number): void {
  if (seen !== count) throw new Error(`expected ${count} ${what}, got ${seen}`);
}

/** The first, the last, the second, the one before the last, and so on: a search from either end is long for half of them. */
export function fromBothEnds<T>(items: readonly T[]): T[] {
  const half = Math.ceil(items.length / 2);
  const backwards = items.slice(half).reverse();
  return items.slice(0, half).flatMap((item, index) => [item, ...backwards.slice(index, index + 1)]);
}
