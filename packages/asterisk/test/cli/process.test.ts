import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { JobResult } from '../../src/cli/view.js';
import { AriServer } from '../support/ari-server.js';
import { buildProgram } from '../support/program.js';

jest.setTimeout(20_000);

const terminal = join(__dirname, '..', 'support', 'pretend-terminal.mjs');
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const running = new Set<ChildProcess>();

let program: string;
beforeAll(() => {
  program = buildProgram();
});

/** Starts the real program in a process of its own, without a terminal. */
const start = (...argv: string[]) => startNode([], argv);

/** The same, for which its output is a terminal. */
const startInTerminal = (size: { rows?: number; columns?: number }, ...argv: string[]) =>
  startNode([`--import=${terminal}`], argv, { PRETEND_TERMINAL: JSON.stringify(size) });

/** The same, with its output going to a file. */
function startInto(path: string, ...argv: string[]) {
  const file = openSync(path, 'w');
  try {
    return startNode([], argv, {}, file);
  } finally {
    closeSync(file);
  }
}

function startNode(
  nodeOptions: string[],
  argv: string[],
  env: NodeJS.ProcessEnv = {},
  stdout: 'pipe' | number = 'pipe',
) {
  const child = spawn(process.execPath, [...nodeOptions, program, ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'pipe'],
  });
  running.add(child);
  let output = '';
  let complaints = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = once(child, 'close').then(([exitCode, signal]: unknown[]) => {
    running.delete(child);
    return { exitCode, signal, output, complaints };
  });
  const endsTooEarly = ended.then((end) => {
    throw new Error(`ended before it said what it should: ${JSON.stringify(end)}`);
  });
  endsTooEarly.catch(() => undefined);
  const says = async (text: string) => {
    while (!output.includes(text)) await Promise.race([once(child.stdout!, 'data'), endsTooEarly]);
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
    const { child, ended, says } = startInTerminal({}, '--speed', '0.1');
    await says('channels.count');
    child.kill('SIGINT');
    const { exitCode, signal, output, complaints } = await ended;
    expect({ exitCode, signal }).toEqual({ exitCode: 0, signal: null });
    expect(output).toContain('not compared with Asterisk: stopped before the end of the recording');
    // The cursor is hidden and shown on standard error.
    expect(complaints).toContain(HIDE_CURSOR);
    expect(complaints.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(complaints.lastIndexOf(HIDE_CURSOR));
  });

  test('prints plain lines, with all that was counted, to a terminal without lines', async () => {
    const { exitCode, output } = await startInTerminal({ rows: 0 }, '--speed', '0').ended;
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^gauge +channels\.count +0 +max/m);
    expect(output).toContain('equal to what Asterisk sent');
  });

  test('cuts nothing off what was counted on a terminal of 8 lines and 60 columns', async () => {
    const { exitCode, output } = await startInTerminal({ rows: 8, columns: 60 }, '--speed', '0').ended;
    expect(exitCode).toBe(0);
    const last = output.slice(output.lastIndexOf('Asterisk channel statistics'));
    expect(last).toMatch(/│ channels\.count +│ +0 │/);
    expect(last).toMatch(/ast_local_bridge_type|ast_stasis_start_type/);
    expect(last).toContain('equal to what Asterisk sent');
  });

  test('fails when its output cannot be written', async () => {
    const { exitCode, complaints } = await startInto('/dev/full', '--speed', '0').ended;
    expect(exitCode).toBe(1);
    expect(complaints).toMatch(/^stasis-channel-stats: cannot write the output: .*ENOSPC/);
  });

  test('A4: ends at once on Ctrl-C, whatever the Asterisk does', async () => {
    const server = await AriServer.start();
    try {
      const { child, ended, says } = start('--ari', server.url, '--app', 'demo', '--api-key', 'a:b', '--json');
      await says('"connection":"connected"');
      server.freeze();
      const interruptedAt = Date.now();
      child.kill('SIGINT');
      expect(await ended).toMatchObject({ exitCode: 0, signal: null, complaints: '' });
      // It waits half a second for a goodbye; a WebSocket by itself waits thirty.
      expect(Date.now() - interruptedAt).toBeLessThan(10_000);
    } finally {
      await server.close();
    }
  });

  test('fails with a code and one line for a file that is missing', async () => {
    const { exitCode, output, complaints } = await start('--recording', 'missing.jsonl').ended;
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(complaints).toBe('stasis-channel-stats: [asterisk] cannot read missing.jsonl: there is no such file.\n');
  });

  test('stops in silence when nobody reads its output any more', async () => {
    const { child, ended, says } = start('--speed', '1', '--json');
    await says('"type":"start"');
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, signal: null, complaints: '' });
  });
});
