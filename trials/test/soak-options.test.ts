import { readOptions } from '../soak/options.js';

describe('the options of the soak', () => {
  it('are ten million messages and a minute, and another seed each time', () => {
    expect(readOptions([])).toEqual({ messages: 10_000_000, seconds: 60, seed: expect.any(Number) });
    expect(readOptions([])?.seed).not.toBe(readOptions([])?.seed);
  });

  it.each([
    [['--messages', '200000'], { messages: 200_000, seconds: 0 }],
    [['--seconds', '600'], { messages: 0, seconds: 600 }],
    [['--messages=5', '--seconds=7', '--seed=11'], { messages: 5, seconds: 7, seed: 11 }],
  ])('%j', (args, expected) => {
    expect(readOptions(args)).toMatchObject(expected);
  });

  it.each([['--messages', 'many'], ['--seed', '-1'], ['--seconds', '1.5'], ['--speed', '2'], ['10']])(
    'refuse %s %s',
    (...args) => {
      expect(() => readOptions(args)).toThrow(/--|argument/);
    },
  );

  it('are explained on request', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });
});
