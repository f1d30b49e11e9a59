import { BackOff } from '../../src/transports/back-off.js';

const waits = (backOff: BackOff, count: number) => Array.from({ length: count }, () => backOff.fail());

describe('BackOff', () => {
  it('doubles the wait from 100 ms up to 5 seconds', () => {
    expect(waits(new BackOff(() => 0), 8)).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  it('takes up to half of the wait off', () => {
    expect(waits(new BackOff(() => 0.5), 3)).toEqual([75, 150, 300]);
    for (const wait of waits(new BackOff(), 100).slice(6)) {
      expect(wait).toBeGreaterThan(2500);
      expect(wait).toBeLessThanOrEqual(5000);
    }
  });

  it('starts again after a success', () => {
    const backOff = new BackOff(() => 0);
    waits(backOff, 5);
    backOff.succeed();
    expect(waits(backOff, 2)).toEqual([100, 200]);
  });

  it('stays at the longest wait, however often it fails', () => {
    expect(waits(new BackOff(() => 0), 2000).at(-1)).toBe(5000);
  });
});
