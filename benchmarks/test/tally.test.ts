import { Tally } from '../src/harness/tally.js';

describe('a tally', () => {
  it('is equal to one that has seen the same numbers in the same order', () => {
    expect(tallyOf([1, 2, 3]).equals(tallyOf([1, 2, 3]))).toBe(true);
  });

  it.each([
    ['an exchange', [2, 1, 3]],
    ['a loss', [1, 3]],
    ['a repetition', [1, 2, 2, 3]],
    ['a loss made up for by a repetition', [1, 3, 3]],
  ])('notices %s', (_, numbers) => {
    expect(tallyOf(numbers).equals(tallyOf([1, 2, 3]))).toBe(false);
  });

  it('has a checksum that stays a small integer', () => {
    const tally = new Tally();
    for (let n = 0; n < 1_000; n++) {
      tally.add(2 ** 30 - 1 - n);
      expect(tally.checksum).toBe(tally.checksum & 0x3fffffff);
    }
  });
});

function tallyOf(numbers: readonly number[]): Tally {
  const tally = new Tally();
  for (const number of numbers) tally.add(number);
  return tally;
}
