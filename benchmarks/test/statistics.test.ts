import { pairedRatio, spreadOf } from '../src/harness/statistics.js';

describe('the spread of measurements', () => {
  it('is their median and quartiles, in whatever order they came', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 });
  });

  it('lies between two neighbours where it must', () => {
    expect(spreadOf([1, 2, 3, 4])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
  });

  it('of a single one is that one', () => {
    expect(spreadOf([7])).toEqual({ lower: 7, median: 7, upper: 7 });
  });

  it('of none is not a number, and so is never good enough', () => {
    expect(spreadOf([]).median).toBeNaN();
  });
});

describe('a paired ratio', () => {
  it('does not see what slows both sides of a round', () => {
    expect(pairedRatio([8, 4, 2], [4, 2, 1])).toEqual({ lower: 2, median: 2, upper: 2 });
  });

  it('is the median of the ratios, not the ratio of the medians', () => {
    expect(pairedRatio([10, 1, 30], [1, 1, 10]).median).toBe(3);
  });
});
