/** A row of measurements in short. */
export interface Spread {
  readonly median: number;
  /** A quarter of the measurements lie below. */
  readonly lower: number;
  /** A quarter of the measurements lie above. */
  readonly upper: number;
}

/** Median and quartiles, interpolated between neighbours. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) };
}

/**
 * The ratio of two contenders, round by round: what slows a machine down for a while slows both sides of a pair.
 *
 * @param values one for each round
 * @param against one for each round, in the same order
 */
export function pairedRatio(values: readonly number[], against: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (against[round] ?? Number.NaN)));
}

function quantile(sorted: readonly number[], portion: number): number {
  const position = portion * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
