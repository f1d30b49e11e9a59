import { HelpRequest, parseArguments } from '../../src/cli/arguments.js';

const context = { bundledRecording: '/bundled.jsonl.gz', env: {}, columns: 80 };
const parse = (line: string, env: Record<string, string> = {}) =>
  parseArguments(line === '' ? [] : line.split(' '), { ...context, env });

describe('the command line', () => {
  test('without arguments replays the bundled recording at ten times its speed', () => {
    expect(parse('')).toEqual({
      source: { kind: 'recording', path: '/bundled.jsonl.gz', speed: 10 },
      statsd: undefined,
      prefix: undefined,
      json: false,
    });
  });

  test('takes a recording, its speed, a server, a prefix and JSON', () => {
    expect(parse('--recording a.jsonl --speed 0.5 --statsd [::1]:8125 --prefix pbx.north --json')).toEqual({
      source: { kind: 'recording', path: 'a.jsonl', speed: 0.5 },
      statsd: { host: '::1', port: 8125 },
      prefix: 'pbx.north',
      json: true,
    });
    expect(parse('--speed=0')).toMatchObject({ source: { speed: 0 } });
  });

  test('takes a live Asterisk, and its login also from the environment', () => {
    const source = { kind: 'ari', url: 'http://pbx:8088', app: 'demo', apiKey: 'a:b' };
    expect(parse('--ari http://pbx:8088 --app demo --api-key a:b')).toMatchObject({ source });
    expect(parse('--ari http://pbx:8088 --app demo', { ASTERISK_ARI_API_KEY: 'a:b' })).toMatchObject({ source });
  });

  test('describes every option with --help', () => {
    const help = parse('--help');
    expect(help).toBeInstanceOf(HelpRequest);
    const { text } = help as HelpRequest;
    for (const option of [
      '--recording',
      '--speed',
      '--ari',
      '--app',
      '--api-key',
      '--statsd',
      '--prefix',
      '--json',
      '--help',
    ]) {
      expect(text).toContain(option);
    }
    expect(text).toContain('ASTERISK_ARI_API_KEY');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(82);
  });

  test.each([
    ['--sped 3', "unknown option '--sped' (Did you mean --speed?)"],
    ['--speed', "option '--speed <n>' argument missing"],
    ['--speed fast', "option '--speed <n>' argument 'fast' is invalid. It must be a number of at least 0."],
    ['--speed -1', 'It must be a number of at least 0.'],
    ['--speed Infinity', 'It must be a number of at least 0.'],
    ['--statsd localhost', 'It must be like 127.0.0.1:8125.'],
    ['--statsd localhost:0', 'It must be like 127.0.0.1:8125.'],
    ['--statsd localhost:65536', 'It must be like 127.0.0.1:8125.'],
    ['--prefix a:b', 'It must be made of letters, digits, dots, dashes and underscores.'],
    ['--recording a --ari http://pbx', "option '--ari <url>' cannot be used with option '--recording <file>'"],
    ['--speed 2 --ari http://pbx', "option '--ari <url>' cannot be used with option '--speed <n>'"],
    ['--app demo', "option '--app <name>' needs '--ari <url>'"],
    ['--api-key a:b', "option '--api-key <user:password>' needs '--ari <url>'"],
    ['--ari http://pbx --api-key a:b', "option '--ari <url>' needs '--app <name>'"],
    ['--ari http://pbx --app demo', "option '--ari <url>' needs '--api-key <user:password>' or ASTERISK_ARI_API_KEY"],
    ['calls.jsonl', 'too many arguments'],
  ])('that is %j cannot work, and the error says why in one line', (line, message) => {
    expect(() => parse(line)).toThrow(message);
    expect(() => parse(line)).toThrow(/^[^\n]+\(see --help\)$/);
    expect(() => parse(line)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
