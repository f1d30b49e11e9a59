import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { JobResult } from '../../src/cli/view.js';

jest.setTimeout(20_000);

const loader = join(__dirname, '..', 'support', 'typescript-loader.mjs');
const terminal = join(__dirname, '..', 'support', 'pretend-terminal.mjs');
const program = join(__dirname, '..', '..', 'bin', 'stasis-channel-stats.js');
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const running = new Set<ChildProcess>();

/** Starts the real program in a process of its own, without a terminal. */
const start = (...argv: string[]) => startNode([], argv);

/** The same, for which its output is a terminal. */
const startInTerminal = (...argv: string[]) => startNode([`--import=${terminal}`], argv);

function startNode(nodeOptions: string[], argv: string[]) {
  const options = ['--conditions=@stasis-rx/source', `--import=${loader}`, ...nodeOptions];
  const child = spawn(process.execPath, [...options, program, ...argv]);
  running.add(child);
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = once(child, 'close').then(([exitCode, signal]: unknown[]) => {
    running.delete(child);
    return { exitCode, signal, output, complaints };
  });
  const endsTooEarly = ended.then((end) => {
    throw new Error(`ended before it said what it should: ${JSON.stringify(end)}`);
  });
  endsTooEarly.catch(() => undefined);
  const says = async (text: string) => {
    while (!output.includes(text)) await Promise.race([once(child.stdout, 'data'), endsTooEarly]);
  };
  return { child, ended, says };
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe('the program', () => {
  test('replays the bundled recording, compares it with Asterisk, and exits with 0', async () => {
    const { exitCode, output, complaints } = await start('--speed', '0').ended;
    expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
    expect(output.trimEnd().split('\n').at(-1)).toMatch(
      /^equal to what Asterisk sent: all 276 channels\.\* lines accounted for/,
    );
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'stops cleanly on %s: what was published is counted and sent, exit code 0',
    async (signal) => {
      const { child, ended, says } = start('--speed', '0.1', '--json');
      await says('"type":"progress"');
      child.kill(signal);
      const { exitCode, output, complaints } = await ended;
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
      const end = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as JobResult;
      expect(end).toMatchObject({ wasInterrupted: true, lostLines: 0, comparison: null });
      expect(end.events).toBeGreaterThan(0);
      expect(end.metrics.lines).toBe(end.sentLines);
    },
  );

  test('gives the terminal back, with the closing lines, when it is stopped with Ctrl-C', async () => {
    const { child, ended, says } = startInTerminal('--speed', '0.1');
    await says('channels.count');
    child.kill('SIGINT');
    const { exitCode, signal, output, complaints } = await ended;
    expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: null });
    expect(output).toContain('not compared with Asterisk: stopped before the end of the recording');
    // The cursor is hidden and shown on standard error.
    expect(complaints).toContain(HIDE_CURSOR);
    expect(complaints.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(complaints.lastIndexOf(HIDE_CURSOR));
  });

  test('fails with a code and one line for a file that is missing', async () => {
    const { exitCode, output, complaints } = await start('--recording', 'missing.jsonl').ended;
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(complaints).toBe('stasis-channel-stats: [asterisk] cannot read missing.jsonl: there is no such file.\n');
  });

  test('stops in silence when nobody reads its output any more', async () => {
    const { child, ended, says } = start('--speed', '1', '--json');
    await says('"type":"start"');
    child.stdout.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, signal: null, complaints: '' });
  });
});
