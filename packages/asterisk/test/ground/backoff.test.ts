import fc from 'fast-check';
import { backoffDelayMs } from '../../src/ground/backoff.js';

const backoff = { baseMs: 500, maxMs: 30_000 };

describe('back-off', () => {
  test('doubles its bound with each attempt, up to the largest', () => {
    const bounds = [1, 2, 3, 6, 7, 8, 2000].map((attempt) => backoffDelayMs(attempt, backoff, () => 1));
    expect(bounds).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('is anything from nothing to the bound', () => {
    expect([0, 0.25, 0.5].map((random) => backoffDelayMs(1, backoff, () => random))).toEqual([0, 125, 250]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const delayMs = backoffDelayMs(attempt, backoff, () => random);
          expect(Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= backoff.maxMs).toBe(true);
        },
      ),
    );
  });
});
