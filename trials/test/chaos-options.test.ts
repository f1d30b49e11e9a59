import { readOptions } from '../chaos/options.js';

describe('the options of the chaos trial', () => {
  it('are twelve processes with ten thousand messages each', () => {
    expect(readOptions([])).toEqual({ members: 12, messages: 10_000, keepsStream: false });
  });

  it('say how many', () => {
    expect(readOptions(['--members', '50', '--messages=300', '--keep-stream'])).toEqual({
      members: 50,
      messages: 300,
      keepsStream: true,
    });
  });

  it.each([['--members', '1'], ['--messages', '0'], ['--messages', 'many'], ['--speed', '2'], ['10']])(
    'refuse %s %s',
    (...args) => {
      expect(() => readOptions(args)).toThrow(/--|argument/);
    },
  );
});
