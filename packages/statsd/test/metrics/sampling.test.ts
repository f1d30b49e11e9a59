import { formatRate, isDrawn } from '../../src/metrics/sampling.js';

const call = '[statsd] increment()';

describe('isDrawn', () => {
  it('D1: always draws at a rate of 1 and above, without asking for a random number', () => {
    const random = jest.fn(() => 0.999);
    expect(isDrawn(call, 1, random)).toBe(true);
    expect(isDrawn(call, 7, random)).toBe(true);
    expect(random).not.toHaveBeenCalled();
  });

  it('D1: never draws at a rate of 0 and below', () => {
    expect(isDrawn(call, 0, () => 0)).toBe(false);
    expect(isDrawn(call, -1, () => 0)).toBe(false);
  });

  it('draws when the random number is below the rate', () => {
    expect(isDrawn(call, 0.1, () => 0.0999)).toBe(true);
    expect(isDrawn(call, 0.1, () => 0.1)).toBe(false);
  });

  it.each([NaN, '0.5', null])('refuses %p as a rate', (rate) => {
    expect(() => isDrawn(call, rate as number, Math.random)).toThrow(
      `${call}: expected sampleRate to be a number, got`,
    );
  });
});

describe('formatRate', () => {
  it.each([
    [0.1, '|@0.1'],
    [0.001, '|@0.001'],
    [1e-7, '|@0.0000001'],
    [1 / 3, '|@0.3333333333333333'],
    [1, ''],
    [2, ''],
  ])('D1: writes %p as %j: not rounded, without an exponent, and not from 1 on', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});
