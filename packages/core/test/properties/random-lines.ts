import * as fc from 'fast-check';

/** A kind of line that comes `weight` times as often as one of weight 1. */
export function line<Arguments extends unknown[], Line>(
  weight: number,
  action: (...given: Arguments) => Line,
  ...given: { [K in keyof Arguments]: fc.Arbitrary<Arguments[K]> }
): fc.WeightedArbitrary<Line> {
  return { weight, arbitrary: fc.tuple<Arguments>(...given).map((values) => action(...values)) };
}

/** One of the lines; the first of them is what others are shrunk to. */
export function choiceOf<Line>(lines: readonly fc.WeightedArbitrary<Line>[]): fc.Arbitrary<Line> {
  return fc.oneof({ withCrossShrink: true }, ...lines);
}

/** At which value the operator of an observer throws; at the last one, hardly ever. */
export const throwsAt: fc.Arbitrary<number> = fc.constantFrom(1, 2, 3, 5, 1000);

/** The same of an observer that may have no such operator. */
export const mayThrowAt: fc.Arbitrary<number | undefined> = fc.constantFrom(undefined, 1, undefined, 2, 3, 1000);

/** Mostly nothing. */
export function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
