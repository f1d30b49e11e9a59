import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { InspectorRecord } from '@stasis-rx/inspector';
import { InspectProcess } from './inspect/test/support/inspect-process.js';

// Each starts npm and Node anew, which takes a while on a busy machine.
jest.setTimeout(60_000);

/** What an example prints when it is run as its README says. */
async function run(example: string): Promise<string[]> {
  const args = ['start', '--silent', '-w', `examples/${example}`];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: resolve(__dirname, '..') });
  return stdout.trimEnd().split('\n');
}

describe('examples', () => {
  test('hello-bus: the handler runs after publish has returned, and ends with its final message', async () => {
    expect(await run('hello-bus')).toEqual([
      'Published. The handler runs after this.',
      'calls: ann answered call 1',
      'calls: bob answered call 2',
      'That was the last message.',
    ]);
  });

  test('router: nothing overtakes a slow route, and what has no route goes to the default', async () => {
    expect(await run('router')).toEqual([
      'no route for stasis_subscription_change',
      'ann answered call 1',
      'call 1 took 90 seconds',
      'no route for queue_full',
      'no route for call_ended',
      'the router has ended',
    ]);
  });

  test('stream: results keep the order of the messages, and the loop misses none', async () => {
    expect(await run('stream')).toEqual([
      'call_answered 1',
      'call_answered 2',
      'call_ended 1',
      'Ann Archer speaks with call 1',
      'Bob Baker speaks with call 2',
    ]);
  });
});

describe('inspect', () => {
  let example: InspectProcess;
  afterEach(() => example.kill());

  test('who connects with the token sees who is congested, who loses messages, who fails, who is slow and what comes twice', async () => {
    example = new InspectProcess(['--speed', '3']);
    const records = await example.looksOnUntil((all) => {
      const dropped = all.filter(({ is }) => is === 'dropped');
      return dropped.length > 0 && all.some((record) => record.is === 'published' && record.type === 'text_sent');
    });
    const found = records.flatMap((record) => {
      if (record.is === 'changed' && record.kind === 'congestion') return [`congested: ${record.subscription}`];
      if (record.is === 'dropped') return [`drops: ${record.subscription}`];
      return record.is === 'ended' && record.error !== undefined ? [`fails: ${record.subscription}`] : [];
    });
    expect([...new Set(found)].sort()).toEqual([
      'congested: channel:snapshots-cached#5',
      'drops: channel:snapshots-cached#5',
      'fails: call:all#7',
    ]);
    expect(slowest(records)).toEqual(['channel:all#6', 'channel:snapshots-cached#5']);
    const texts = records.filter((record) => record.is === 'published' && record.type === 'text_sent');
    const calls = texts.map((record) => JSON.stringify('data' in record && record.data));
    expect(calls[0]).toBe(calls[1]);
    expect(await example.interrupt()).toBe(0);
    expect(example.printed).toContain('Ending: everybody handles what is queued.');
  });

  test('--once: ends by itself', async () => {
    example = new InspectProcess(['--once', '--speed', '50']);
    expect(await example.end()).toBe(0);
  });
});

/** Subscriptions whose handlers took longer than 10 ms at least ten times. */
function slowest(records: readonly InspectorRecord[]): string[] {
  const began = new Map<string, number>();
  const slow = new Map<string, number>();
  for (const record of records) {
    if (record.is === 'began') began.set(`${record.id} ${record.subscription}`, record.at);
    if (record.is !== 'ended') continue;
    const { id, at, subscription } = record;
    const tookMs = at - (began.get(`${id} ${subscription}`) ?? at);
    if (tookMs > 10) slow.set(subscription, (slow.get(subscription) ?? 0) + 1);
  }
  return [...slow]
    .filter(([, times]) => times >= 10)
    .map(([subscription]) => subscription)
    .sort();
}
