import fc from 'fast-check';
import { RangeSet } from '../../src/ground/range-set.js';

describe('RangeSet', () => {
  it('B3, B5: says of each number once that it is new, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), (numbers) => {
        const ranges = new RangeSet();
        const seen = new Set<number>();
        for (const number of numbers) {
          expect(ranges.add(number)).toBe(!seen.has(number));
          seen.add(number);
          expect(ranges.highest).toBe(Math.max(...seen));
        }
      }),
    );
  });

  it('B8: takes everything up to a number for seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 })), fc.integer({ min: 1, max: 60 }), (numbers, limit) => {
        const ranges = new RangeSet();
        for (const number of numbers) ranges.add(number);
        ranges.addUpTo(limit);
        for (let number = 1; number <= 61; number++) {
          expect(ranges.add(number)).toBe(number > limit && !numbers.includes(number));
        }
      }),
    );
  });

  it('B5: holds on to a bounded number of gaps, and never takes a number that it has seen for a new one', () => {
    const ranges = new RangeSet();
    for (let number = 2; number < 2000; number += 2) ranges.add(number);
    for (let number = 2; number < 2000; number += 2) expect(ranges.add(number)).toBe(false);
    expect(ranges.add(1)).toBe(false); // Too long ago to tell.
    expect(ranges.add(1997)).toBe(true);
  });
});
