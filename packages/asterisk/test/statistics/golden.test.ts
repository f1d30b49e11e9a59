import { createBus } from '@stasis-rx/core';
import { createStatsDClient, recordingTransport } from '@stasis-rx/statsd';
import { compareWithAsterisk } from '../../src/cli/comparison.js';
import { readShown } from '../../src/cli/shown-by-ari.js';
import { openStatsDReceiver } from '../../src/cli/statsd-receiver.js';
import { createAsteriskTopics, replay, startChannelStats } from '../../src/index.js';
import { readRecording } from '../../src/recordings/recording.js';
import { LASTING_TOPICS } from '../support/asterisk.js';
import { asteriskLines, recording } from '../support/recordings.js';

// Whole recordings take their time on a busy machine.
jest.setTimeout(120_000);

const simple = {
  more: { hold: 0, unhold: 0, dtmfEnd: 0, talkingStart: 0 },
  notShown: ['ast_channel_snapshot_type', 'ast_local_bridge_type'],
  onlyHere: ['ast_stasis_end_type', 'ast_stasis_start_type'],
};
const recordings = [
  { name: 'calls-40', channels: 92, counts: { varset: 258, dial: 115, hangup: 127, userEvent: 9 }, ...simple },
  { name: 'calls-300', channels: 686, counts: { varset: 1876, dial: 858, hangup: 943, userEvent: 66 }, ...simple },
  {
    name: 'calls-330-plain',
    channels: 1022,
    counts: { varset: 3691, dial: 1096, hangup: 1336, userEvent: 196 },
    more: { hold: 7, unhold: 17, dtmfEnd: 72, talkingStart: 6 },
    notShown: [
      'ast_channel_dtmf_begin_type',
      'ast_channel_moh_start_type',
      'ast_channel_moh_stop_type',
      'ast_channel_snapshot_type',
      'ast_local_bridge_type',
    ],
    onlyHere: [],
  },
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
  // Nothing is left of any channel, however late its last events came (A1).
  expect(bus.topics().map((topic) => topic.name)).toEqual(LASTING_TOPICS);
  expect([asterisk.channelCache.size, asterisk.bridgeCache.size]).toEqual([0, 0]);
  await bus.close();
}

describe.each(recordings)('the recording $name', ({ name, channels, counts, more, notShown, onlyHere }) => {
  let ours: string[];
  let theirs: string[];
  beforeAll(async () => {
    ours = await replayed(name);
    theirs = await asteriskLines(`${name}.statsd.jsonl.gz`);
  });

  test('A1, D3: gives the channels.count lines that Asterisk sent, as a multiset', () => {
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
    ['ast_channel_hold_type', more.hold],
    ['ast_channel_unhold_type', more.unhold],
    ['ast_channel_dtmf_end_type', more.dtmfEnd],
    ['ast_channel_talking_start', more.talkingStart],
  ])('D3: counts as many %s as Asterisk did', (type, count) => {
    const counted = (lines: string[]) => lines.filter((line) => line === `stasis.message.${type}:1|m`).length;
    expect([counted(ours), counted(theirs)]).toEqual([count, count]);
  });

  test('D3: differs from Asterisk only where ARI does not tell, and says where', async () => {
    const seen = await readShown(recording(`${name}.ari.jsonl.gz`));
    const comparison = compareWithAsterisk(theirs, ours, seen);
    expect(comparison.isEqual).toBe(true);
    expect(comparison.hidden).toEqual({ internalChannels: 0, varsets: 0, hangupRequests: 0, postedUserEvents: 0 });
    expect(comparison.notDerivable.map(({ type }) => type).sort()).toEqual(notShown);
    expect(comparison.onlyHere.map(({ type }) => type).sort()).toEqual(onlyHere);
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
  const seen = await readShown(recording('calls-40.ari.jsonl.gz'));
  const comparison = compareWithAsterisk(await asteriskLines('calls-40.statsd.jsonl.gz'), received, seen);
  expect(comparison).toMatchObject({ isEqual: true, channels: { asterisk: 276, here: 276, unaccounted: 0 } });
});
