import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openStatsDReceiver } from '../../src/cli/statsd-receiver.js';
import type { JobResult } from '../../src/cli/view.js';
import { AriServer } from '../support/ari-server.js';
import { cli, type CliRun } from '../support/cli.js';
import { ariEvent, created, destroyed, varset } from '../support/events.js';
import { asteriskLines, recording } from '../support/recordings.js';
import { nextTurn } from '../support/virtual-time.js';

// Whole recordings take their time on a busy machine.
jest.setTimeout(120_000);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cli-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const lastLine = ({ output }: CliRun) => output.trimEnd().split('\n').at(-1);
const endOf = ({ output }: CliRun) => JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as JobResult;

function file(name: string, ...lines: unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

describe('stasis-channel-stats with a recording', () => {
  test('D3: replays it into an embedded receiver, and finds every channels.* line that Asterisk sent', async () => {
    const run = await cli(['--speed', '0']);
    expect(run).toMatchObject({ exitCode: 0, complaints: [] });
    expect(lastLine(run)).toBe(
      'equal to what Asterisk sent: all 276 channels.* lines accounted for, call times within 1 ms, and all 509 derivable message counts',
    );
  });

  test('D3: does so for the long one, under a prefix, in JSON', async () => {
    const run = await cli([
      '--recording',
      recording('calls-300.ari.jsonl.gz'),
      '--speed',
      '0',
      '--prefix',
      'pbx',
      '--json',
    ]);
    expect(run).toMatchObject({ exitCode: 0, complaints: [] });
    expect(endOf(run)).toMatchObject({
      events: 9408,
      skipped: 0,
      wasInterrupted: false,
      lostLines: 0,
      comparison: { isEqual: true, channels: { asterisk: 2058, here: 2058, unaccounted: 0 } },
      metrics: { gauges: { 'pbx.channels.count': { value: 0 } }, timers: { 'pbx.channels.calltime': { count: 686 } } },
    });
  });

  test('A1, D3: does so for one whose channels are told of after their end', async () => {
    const run = await cli(['--recording', recording('calls-330-plain.ari.jsonl.gz'), '--speed', '0']);
    expect(run).toMatchObject({ exitCode: 0, complaints: [] });
    expect(run.output).toMatch(/^gauge +channels\.count +0 /m);
    expect(lastLine(run)).toBe(
      'equal to what Asterisk sent: all 3066 channels.* lines accounted for, call times within 1 ms, and all 6421 derivable message counts',
    );
  });

  test('D3: does so under a prefix that ends with its dot', async () => {
    const run = await cli(['--speed', '0', '--prefix', 'pbx.']);
    expect(run.exitCode).toBe(0);
    expect(run.output).toContain(' pbx.channels.count ');
    expect(lastLine(run)).toMatch(/^equal to what Asterisk sent: all 276 channels/);
  });

  test('draws on a terminal where there is one', async () => {
    const frames: string[] = [];
    const log: string[] = [];
    const openFrame = () =>
      Object.assign((text: string) => frames.push(text), {
        clear: () => log.push('clear'),
        done: () => log.push('done'),
        columns: 80,
        rows: 8,
      });
    const run = await cli(['--speed', '0'], { openFrame });
    expect(run).toMatchObject({ exitCode: 0, complaints: [] });
    expect(frames[0]).toContain('Asterisk channel statistics');
    expect(run.output).toMatch(/^│ gauge +│ channels\.count +│ +0 │/m);
    expect(lastLine(run)).toContain('equal to what Asterisk sent');
    expect(log).toEqual(['clear', 'done']);
  });

  test('fails when the lines differ from those of Asterisk', async () => {
    const path = join(folder, 'tampered.ari.jsonl.gz');
    copyFileSync(recording('calls-40.ari.jsonl.gz'), path);
    const lines = await asteriskLines('calls-40.statsd.jsonl.gz');
    const tampered = [...lines, 'channels.count:+1|g'].map((line) => JSON.stringify({ at: 0, line })).join('\n');
    writeFileSync(join(folder, 'tampered.statsd.jsonl.gz'), gzipSync(tampered));
    const run = await cli(['--recording', path, '--speed', '0']);
    expect(run.exitCode).toBe(1);
    expect(lastLine(run)).toMatch(
      /^DIFFERENT from what Asterisk sent: channels\.\* lines 277 there, 276 here, 1 unaccounted for/,
    );
  });

  test('compares nothing where no record of Asterisk stands beside it', async () => {
    const path = file('alone.ari.jsonl', { at: 1, event: created() }, { at: 2, event: destroyed() });
    const run = await cli(['--recording', path, '--speed', '0']);
    expect(run.exitCode).toBe(0);
    expect(lastLine(run)).toBe(`not compared with Asterisk: no .statsd.jsonl stands beside ${path}`);
  });

  test('goes on after events that are unknown or broken, and says how many there were', async () => {
    const path = file('odd.jsonl', { at: 1, event: created() }, { at: 2, event: { type: 'Huh' } }, { at: 3, event: 7 });
    const run = await cli(['--recording', path, '--speed', '0']);
    expect(run.exitCode).toBe(0);
    expect(run.output).toContain('1 events (2 more were unknown or broken), 3 metric lines sent');
    expect(run.output).toContain(
      'events skipped: 2, the last one: [asterisk] publishAriEvent(): expected an event to be an object, got 7 (number).',
    );
  });

  test('S4: stopped, counts and sends what was published, and exits with 0', async () => {
    const stop = new AbortController();
    const write = jest.fn((text: string) => {
      // An hour of recorded time lies between the two events.
      if (/"type":"progress".*"events":1/.test(text)) stop.abort();
    });
    const path = file('slow.ari.jsonl', { at: 0, event: created() }, { at: 3_600_000, event: destroyed() });
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const running = cli(['--recording', path, '--speed', '1', '--json'], { signal: stop.signal, write });
    const ticking = setImmediateLoop(() => jest.advanceTimersByTime(100));
    const run = await running.finally(() => {
      ticking.stop();
      jest.useRealTimers();
    });
    const end = JSON.parse(write.mock.lastCall?.[0] ?? '') as JobResult;
    expect(run.exitCode).toBe(0);
    expect(end).toMatchObject({ wasInterrupted: true, events: 1, sentLines: 2, comparison: null });
    expect(end.metrics).toMatchObject({ lines: 2, gauges: { 'channels.count': { value: 1 } } });
  });

  test('stopped before it began exits with 0', async () => {
    const run = await cli(['--json'], { signal: AbortSignal.abort() });
    expect(run.exitCode).toBe(0);
    expect(endOf(run)).toMatchObject({ wasInterrupted: true, events: 0 });
  });
});

describe('stasis-channel-stats with a StatsD server elsewhere', () => {
  test('sends there, and shows what it sent', async () => {
    const lines: string[] = [];
    const receiver = await openStatsDReceiver((line) => lines.push(line));
    const run = await cli(['--speed', '0', '--statsd', `127.0.0.1:${receiver.port}`]);
    await receiver.received(1510);
    receiver.close();
    expect(run.exitCode).toBe(0);
    expect(lines).toHaveLength(1510);
    expect(run.output).toMatch(/^timer +channels\.calltime +92 /m);
    expect(lastLine(run)).toBe('not compared with Asterisk: the StatsD server does not tell what it received');
  });

  test('fails when lines were lost, and says so', async () => {
    const run = await cli(['--speed', '0', '--statsd', '255.255.255.255:8125']);
    expect(run.exitCode).toBe(1);
    expect(run.output).toContain('1,510 LOST');
    expect(run.output).toMatch(/^StatsD errors: \d+, the last one: \[statsd\]/m);
  });
});

describe('stasis-channel-stats with a live Asterisk', () => {
  let server: AriServer;
  beforeEach(async () => (server = await AriServer.start()));
  afterEach(() => server.close());
  const live = (...more: string[]) => ['--ari', server.url, '--app', 'demo', '--api-key', 'me:hunter2', ...more];

  test('posts its events until it is stopped, then exits with 0', async () => {
    const stop = new AbortController();
    const running = cli(live('--json'), { signal: stop.signal });
    while (server.clients.length === 0) await nextTurn();
    for (const event of [created(), varset(), destroyed()]) server.send(event);
    server.clients[0]?.ping();
    await new Promise((resolve) => server.clients[0]?.once('pong', resolve));
    stop.abort();
    const run = await running;
    expect(run).toMatchObject({ exitCode: 0, complaints: [] });
    expect(endOf(run)).toMatchObject({
      wasInterrupted: true,
      events: 3,
      sentLines: 6,
      notCompared: 'the events are live',
    });
    expect(run.output).not.toContain('hunter2');
  });

  test.each([[[]], [['--json']]])('prints what was counted when the connection ends as failed: %j', async (more) => {
    const running = cli(live(...more));
    while (server.clients.length === 0) await nextTurn();
    for (const event of [created(), varset(), ariEvent('ApplicationReplaced')]) server.send(event);
    const run = await running;
    expect(run).toMatchObject({
      exitCode: 1,
      complaints: ['stasis-channel-stats: [asterisk] connectAri(): another connection has taken over the application.'],
    });
    expect(run.output).toMatch(/channels\.count/);
    expect(run.output).toContain(more.length === 0 ? 'failed after' : '"failure":"[asterisk] connectAri()');
  });

  test('tells of outages, with what was found after them, and of a listing that is refused', async () => {
    const stop = new AbortController();
    const running = cli(live(), { signal: stop.signal });
    while (server.listings.length < 4) await nextTurn();
    server.happen(created('1'), created('2'));
    server.world.apply(destroyed('1'));
    await new Promise((resolve) => {
      server.clients[0]?.once('pong', resolve);
      server.clients[0]?.ping();
    });
    server.drop();
    while (server.listings.length < 8) await nextTurn();
    server.instead = () => 403;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    server.drop();
    while (server.listings.length < 12) await nextTurn();
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    stop.abort();
    const run = await running;
    expect(run.exitCode).toBe(0);
    expect(run.output).toMatch(/^gauge +channels\.count +1 /m);
    expect(run.output).toMatch(/^outages: 2, the last one: nothing heard for \d+\.\d s; nothing could be listed$/m);
    expect(run.output).toMatch(/^warnings: 1, the last one: .* refuses to list .* \(HTTP 403\)\.$/m);
  });

  test('fails in one line when the login is refused', async () => {
    server.refuseWith = 401;
    const run = await cli(live());
    expect(run.exitCode).toBe(1);
    expect(run.complaints).toHaveLength(1);
    expect(run.complaints[0]).toMatch(/^stasis-channel-stats: .* refuses the login \(HTTP 401\)/);
    expect([run.output, ...run.complaints].join()).not.toContain('hunter2');
  });

  test('fails in one line when nothing can be reached at first', async () => {
    server.refuseWith = 503;
    const run = await cli(live());
    expect(run).toMatchObject({ exitCode: 1, complaints: [expect.stringContaining('/ari/events (HTTP 503).')] });
  });

  test('takes the login from the environment', async () => {
    server.refuseWith = 403;
    await cli(['--ari', server.url, '--app', 'demo'], { env: { ASTERISK_ARI_API_KEY: 'me:there' } });
    expect(server.requests[0]).toContain('api_key=me%3Athere');
  });
});

describe('stasis-channel-stats fails in one line', () => {
  test.each([
    [
      'for a file that is missing',
      ['--recording', 'missing.jsonl'],
      1,
      'cannot read missing.jsonl: there is no such file.',
    ],
    ['for an option that does not exist', ['--what'], 2, "unknown option '--what'"],
    [
      'for an address that cannot work',
      ['--ari', 'pbx', '--app', 'a', '--api-key', 'a:b'],
      2,
      'expected url to be like "http://localhost:8088"',
    ],
    [
      'for a login that cannot work',
      ['--ari', 'http://pbx', '--app', 'a', '--api-key', 'hunter2'],
      2,
      'expected apiKey to be "user:password", got "***"',
    ],
    [
      'for an application with a comma, which Asterisk would take for two',
      ['--ari', 'http://pbx', '--app', 'a,b', '--api-key', 'a:b'],
      2,
      'expected app to be the name of one Stasis application, without a comma, got "a,b" (string).',
    ],
  ])('%s', async (_, argv, exitCode, message) => {
    const run = await cli(argv);
    expect(run).toEqual({ exitCode, output: '', complaints: [expect.stringContaining(message)] });
    expect(run.complaints[0]).not.toMatch(/\n|hunter2/);
  });

  test('for a recording that is broken, before anything is shown', async () => {
    const path = file('broken.jsonl', { at: 1, event: created() }, { event: created() });
    const run = await cli(['--recording', path]);
    expect(run).toMatchObject({ exitCode: 1, output: '', complaints: [expect.stringContaining(`line 2 of ${path}`)] });
  });
});

test('stasis-channel-stats --help prints the options, and does nothing else', async () => {
  const run = await cli(['--help']);
  expect(run).toMatchObject({ exitCode: 0, complaints: [] });
  expect(run.output).toMatch(/^Usage: stasis-channel-stats/);
});

/** Calls back on every turn of the event loop until it is stopped. */
function setImmediateLoop(callback: () => void): { stop(): void } {
  let isStopped = false;
  const turn = () => {
    if (isStopped) return;
    callback();
    setImmediate(turn);
  };
  setImmediate(turn);
  return { stop: () => (isStopped = true) };
}
