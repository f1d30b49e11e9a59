import { createBus } from '@stasis-rx/core';
import { createStatsDClient, recordingTransport } from '@stasis-rx/statsd';
import { compareWithAsterisk } from '../src/cli/comparison.js';
import { openStatsDReceiver } from '../src/cli/statsd-receiver.js';
import { createAsteriskTopics, replay, startChannelStats } from '../src/index.js';
import { readRecording } from '../src/recording.js';
import { LASTING_TOPICS } from './support/asterisk.js';
import { asteriskLines, recording } from './support/recordings.js';

const recordings = [
  { name: 'calls-40', channels: 92, counts: { varset: 258, dial: 115, hangup: 127, userEvent: 9 } },
  { name: 'calls-300', channels: 686, counts: { varset: 1876, dial: 858, hangup: 943, userEvent: 66 } },
];

/** Replays a recording through topics and statistics. @returns the metric lines that the transport was given */
async function replayed(name: string): Promise<string[]> {
  const transport = recordingTransport();
  const statsd = createStatsDClient({ transport });
  await postStatistics(name, statsd);
  return transport.lines;
}

async function postStatistics(name: string, statsd: ReturnType<typeof createStatsDClient>): Promise<void> {
  const bus = createBus();
  const asterisk = createAsteriskTopics(bus);
  const stats = startChannelStats(asterisk.channels, statsd);
  await replay(asterisk, readRecording(recording(`${name}.ari.jsonl.gz`)), { speed: 0 });
  stats.unsubscribe();
  await stats.join();
  await statsd.close();
  expect(bus.topics().map((topic) => topic.name)).toEqual(LASTING_TOPICS);
  await bus.close();
}

describe.each(recordings)('the recording $name', ({ name, channels, counts }) => {
  let ours: string[];
  let theirs: string[];
  beforeAll(async () => {
    ours = await replayed(name);
    theirs = await asteriskLines(`${name}.statsd.jsonl.gz`);
  });

  test('D3: gives the channels.count lines that Asterisk sent, as a multiset', () => {
    const gauges = (lines: string[]) => lines.filter((line) => line.startsWith('channels.count:')).sort();
    expect(gauges(ours)).toEqual(gauges(theirs));
    expect(gauges(ours)).toHaveLength(2 * channels);
  });

  test('D3: gives the call times that Asterisk sent, sorted and each within 1 ms', () => {
    const times = (lines: string[]) =>
      lines
        .flatMap((line) => /^channels\.calltime:(\d+)\|ms$/.exec(line)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    expect(times(ours)).toHaveLength(channels);
    const expected = times(theirs);
    expect(expected).toHaveLength(channels);
    times(ours).forEach((ms, rank) => expect(Math.abs(ms - expected[rank]!)).toBeLessThanOrEqual(1));
  });

  test('D3: leaves no channels.* line unaccounted for', () => {
    const rest = (lines: string[]) =>
      lines.filter((line) => line.startsWith('channels.') && !/^channels\.(count|calltime):/.test(line));
    expect([...rest(ours), ...rest(theirs)]).toEqual([]);
  });

  test.each([
    ['ast_channel_varset_type', counts.varset],
    ['ast_channel_dial_type', counts.dial],
    ['ast_channel_hangup_request_type', counts.hangup],
    ['ast_multi_user_event_type', counts.userEvent],
  ])('D3: counts as many %s as Asterisk did', (type, count) => {
    const counted = (lines: string[]) => lines.filter((line) => line === `stasis.message.${type}:1|m`).length;
    expect([counted(ours), counted(theirs)]).toEqual([count, count]);
  });

  test('D3: differs from Asterisk only where ARI does not tell, and says where', () => {
    const comparison = compareWithAsterisk(theirs, ours);
    expect(comparison.isEqual).toBe(true);
    expect(comparison.notDerivable.map(({ type }) => type).sort()).toEqual([
      'ast_channel_snapshot_type',
      'ast_local_bridge_type',
    ]);
    expect(comparison.onlyHere.map(({ type }) => type).sort()).toEqual([
      'ast_stasis_end_type',
      'ast_stasis_start_type',
    ]);
  });
});

test('D3: the lines arrive over a real UDP socket as Asterisk sent them', async () => {
  const received: string[] = [];
  const receiver = await openStatsDReceiver((line) => received.push(line));
  const statsd = createStatsDClient({ port: receiver.port });
  try {
    await postStatistics('calls-40', statsd);
    await receiver.received(statsd.statistics().lines);
  } finally {
    receiver.close();
  }
  const comparison = compareWithAsterisk(await asteriskLines('calls-40.statsd.jsonl.gz'), received);
  expect(comparison).toMatchObject({ isEqual: true, channels: { asterisk: 276, here: 276, unaccounted: 0 } });
});
