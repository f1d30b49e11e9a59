import { subscribe, SubscriptionChange } from '@stasis-rx/core';
import { createStatsDClient, recordingTransport } from '@stasis-rx/statsd';
import fc from 'fast-check';
import {
  BridgeSnapshot,
  ChannelSnapshot,
  PlaybackSnapshot,
  publishAriEvent,
  RecordingSnapshot,
  startChannelStats,
} from '../../src/index.js';
import { LASTING_TOPICS, observedAsterisk } from '../support/asterisk.js';
import { ariEvent, bridgeJson, channelJson, created, destroyed, stateChanged, varset } from '../support/events.js';

const late = (type: string, id = '1.1', fields?: object) => ariEvent(type, { channel: channelJson(id, fields) });
const LATE_TYPES = ['ChannelDialplan', 'ChannelCallerId', 'ChannelConnectedLine', 'ChannelStateChange'];

/** The statistics of a list of events: the `channels.*` lines, and how many messages of each type were counted. */
async function statisticsOf(events: readonly object[]) {
  const observed = observedAsterisk();
  const { asterisk, bus } = observed;
  const transport = recordingTransport();
  const statsd = createStatsDClient({ transport });
  const stats = startChannelStats(asterisk.channels, statsd);
  for (const event of events) publishAriEvent(asterisk, event);
  await bus.settled();
  stats.unsubscribe();
  await stats.join();
  await statsd.close();
  const topics = bus.topics().map(({ name }) => name);
  return { ...observed, topics, lines: transport.lines };
}

describe('A1: the events of a channel that has ended', () => {
  test.each(LATE_TYPES)('change nothing when they come directly behind the end: %s', async (type) => {
    const { asterisk, messages, topics } = await statisticsOf([created(), destroyed(), late(type)]);
    expect(asterisk.channelCache.size).toBe(0);
    expect(topics).toEqual(LASTING_TOPICS);
    expect(messages.filter(ChannelSnapshot.is).map(({ data }) => data.new.dead)).toEqual([false, true]);
  });

  test.each(LATE_TYPES)("change nothing with other channels' events between: %s", async (type) => {
    const others = [created('1.2'), varset('1.2'), stateChanged('1.2'), created('1.3'), destroyed('1.3')];
    const { asterisk, messages, topics } = await statisticsOf([created(), destroyed(), ...others, late(type)]);
    expect(asterisk.channelCache.dump(ChannelSnapshot).map(({ data }) => data.new.id)).toEqual(['1.2']);
    expect(topics).toEqual([...LASTING_TOPICS, 'channel:all/1.2']);
    expect(messages.filter(ChannelSnapshot.is)).toHaveLength(6);
  });

  test('that are no snapshots are published on the topic of all channels, and on no other', async () => {
    const { asterisk, bus, log } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const own: string[] = [];
    subscribe(asterisk.channel('1.1'), (message, _, subscription) => {
      const change = subscription.isFinal(message) ? 'final' : 'change';
      own.push(SubscriptionChange.is(message) ? change : message.type.name);
    });
    publishAriEvent(asterisk, destroyed());
    publishAriEvent(asterisk, varset());
    publishAriEvent(asterisk, ariEvent('ChannelHangupRequest', { channel: channelJson(), cause: 16 }));
    publishAriEvent(asterisk, ariEvent('Dial', { peer: channelJson(), dialstatus: 'CANCEL' }));
    await bus.settled();
    expect(own).toEqual(['change', 'ast_channel_snapshot_type', 'final']);
    expect(log.slice(2)).toEqual([
      'channel:all: ast_channel_varset_type',
      'channel:all: ast_channel_hangup_request_type',
      'channel:all: ast_channel_dial_type',
    ]);
  });

  test('do not count: the gauge is even, and each call has one call time', async () => {
    const events = [created(), destroyed(), late('ChannelDialplan'), destroyed(), late('ChannelCallerId')];
    const { lines } = await statisticsOf(events);
    expect(lines.filter((line) => line.startsWith('channels.'))).toEqual([
      'channels.count:+1|g',
      'channels.calltime:1500|ms',
      'channels.count:-1|g',
    ]);
  });

  test('are told from those of a later channel of the same id by the time of its creation', async () => {
    const second = { creationtime: '2026-11-22T18:38:47.000+0000' };
    const { asterisk, messages } = await statisticsOf([
      created(),
      destroyed(),
      created('1.1', second),
      late('ChannelDialplan'),
      late('ChannelDialplan', '1.1', { ...second, state: 'Up' }),
    ]);
    expect(messages.filter(ChannelSnapshot.is).map(({ data }) => data.new.state)).toEqual([
      'Down',
      'Down',
      'Down',
      'Up',
    ]);
    expect(asterisk.channelCache.size).toBe(1);
  });

  test('of a channel that is made again with the same id and time are its own', async () => {
    const { messages, asterisk } = await statisticsOf([created(), destroyed(), created(), stateChanged()]);
    expect(messages.map(({ data }) => (data as { old: unknown }).old !== null)).toEqual([false, true, false, true]);
    expect(asterisk.channelCache.size).toBe(1);
  });

  test('however many channels end at 1,000 calls a second, and whichever event comes late', () => {
    const { asterisk, messages } = observedAsterisk();
    for (let n = 0; n < 12_000; n++) {
      publishAriEvent(asterisk, created(String(n)));
      publishAriEvent(asterisk, destroyed(String(n)));
      // Ten seconds late.
      if (n >= 10_000) publishAriEvent(asterisk, late('ChannelDialplan', String(n - 10_000)));
    }
    expect(messages).toHaveLength(24_000);
    expect(asterisk.channelCache.size).toBe(0);
  });
});

describe('A1: the events of a bridge that has ended', () => {
  const event = (type: string, fields?: object) => ariEvent(type, { bridge: bridgeJson('b1', fields) });
  const withChannel = (type: string) => ariEvent(type, { bridge: bridgeJson(), channel: channelJson() });

  test('change nothing; who left it is still told', () => {
    const { asterisk, log } = observedAsterisk();
    for (const one of [
      event('BridgeCreated'),
      event('BridgeDestroyed'),
      withChannel('ChannelLeftBridge'),
      withChannel('ChannelEnteredBridge'),
      event('BridgeVideoSourceChanged'),
      event('BridgeDestroyed'),
    ]) {
      publishAriEvent(asterisk, one);
    }
    expect(log.map((line) => line.replace('bridge:all: ', ''))).toEqual([
      'ast_bridge_snapshot_type',
      'ast_bridge_snapshot_type',
      'ast_channel_left_bridge_type',
      'ast_channel_entered_bridge_type',
    ]);
    expect(asterisk.bridgeCache.size).toBe(0);
  });

  test('of an older Asterisk, which does not tell when it was made, neither', () => {
    const { asterisk } = observedAsterisk();
    for (const type of ['BridgeCreated', 'BridgeDestroyed', 'BridgeVideoSourceChanged']) {
      publishAriEvent(asterisk, event(type, { creationtime: undefined }));
    }
    expect(asterisk.bridgeCache.size).toBe(0);
    publishAriEvent(asterisk, event('BridgeCreated', { creationtime: undefined }));
    publishAriEvent(asterisk, event('BridgeVideoSourceChanged', { creationtime: undefined, video_mode: 'sfu' }));
    expect(asterisk.bridgeCache.get(BridgeSnapshot, 'b1')?.data.new.video_mode).toBe('sfu');
  });
});

describe('A1, A2: playbacks and recordings', () => {
  const playback = (type: string, fields?: object) =>
    ariEvent(type, {
      playback: { id: 'p1', media_uri: 'sound:hi', target_uri: 'channel:1.1', state: 'playing', ...fields },
    });
  const recording = (type: string, fields?: object) =>
    ariEvent(type, {
      recording: { name: 'r1', format: 'wav', target_uri: 'bridge:b1', state: 'recording', ...fields },
    });

  test('are in their caches while they last, and their snapshots are where they are heard', () => {
    const { asterisk, bus } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const told: string[] = [];
    asterisk.channel('1.1').subscribe(({ type }) => told.push(type.name));
    publishAriEvent(asterisk, playback('PlaybackStarted'));
    publishAriEvent(asterisk, recording('RecordingStarted'));
    publishAriEvent(asterisk, playback('PlaybackContinuing', { media_uri: 'sound:ho' }));
    expect(asterisk.playbackCache.get(PlaybackSnapshot, 'p1')?.data).toMatchObject({
      old: { media_uri: 'sound:hi' },
      new: { media_uri: 'sound:ho', next_media_uri: '', dead: false },
    });
    expect(asterisk.recordingCache.get(RecordingSnapshot, 'r1')?.data).toMatchObject({
      old: null,
      new: { format: 'wav', duration: null, dead: false },
    });
    const updates: unknown[] = [];
    asterisk.recordingsCached.subscribe(({ data }) => updates.push(data.newSnapshot?.data));
    publishAriEvent(asterisk, playback('PlaybackFinished', { state: 'done' }));
    publishAriEvent(asterisk, recording('RecordingFinished', { state: 'done', duration: 7 }));
    expect([asterisk.playbackCache.size, asterisk.recordingCache.size]).toEqual([0, 0]);
    expect(told).toEqual(new Array(3).fill('stasis_app_playback_snapshot_type'));
    expect(updates).toMatchObject([{ new: { state: 'done', duration: 7, dead: true } }, undefined]);
    expect(bus.topics().map(({ name }) => name)).toEqual([...LASTING_TOPICS, 'channel:all/1.1']);
  });

  test('do not come back when they are told of after their end, but may begin again', () => {
    const { asterisk, messages } = observedAsterisk();
    for (const type of ['PlaybackStarted', 'PlaybackFinished', 'PlaybackContinuing', 'PlaybackFinished']) {
      publishAriEvent(asterisk, playback(type));
    }
    expect(asterisk.playbackCache.size).toBe(0);
    expect(messages).toHaveLength(2);
    publishAriEvent(asterisk, playback('PlaybackStarted'));
    publishAriEvent(asterisk, playback('PlaybackContinuing'));
    expect(messages).toHaveLength(4);
    expect(asterisk.playbackCache.size).toBe(1);
  });
});

test('A2: a field of a user event that is called __proto__ arrives', () => {
  const { asterisk, messages } = observedAsterisk();
  const text = JSON.stringify(ariEvent('ChannelUserevent', { channel: channelJson(), eventname: 'X', userevent: {} }));
  publishAriEvent(asterisk, JSON.parse(text.replace('"userevent":{}', '"userevent":{"__proto__":"y","a":"b"}')));
  expect(JSON.stringify((messages[0]?.data as { userevent: unknown }).userevent)).toBe('{"__proto__":"y","a":"b"}');
});

test('A1: random histories with late events leave what is alive alive, and nothing else', () => {
  const id = fc.nat(4).map(String);
  const step = fc.oneof(
    fc.record({ id, kind: fc.constant('created' as const) }),
    fc.record({ id, kind: fc.constant('destroyed' as const) }),
    fc.record({ id, kind: fc.constantFrom(...LATE_TYPES) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { asterisk, messages } = observedAsterisk();
      const alive = new Set<string>();
      const known = new Set<string>();
      steps.forEach(({ id, kind }, n) => {
        const creationtime = `2026-11-22T18:38:46.${String(100 + n)}+0000`;
        const mostRecent = lives.get(id) ?? creationtime;
        if (kind === 'created') {
          if (alive.has(id)) return;
          lives.set(id, creationtime);
          publishAriEvent(asterisk, created(id, { creationtime }));
          alive.add(id);
          known.add(id);
        } else if (!known.has(id)) return;
        else if (kind === 'destroyed') {
          publishAriEvent(asterisk, destroyed(id, { creationtime: mostRecent }));
          alive.delete(id);
        } else publishAriEvent(asterisk, late(kind, id, { creationtime: mostRecent }));
        expect(
          asterisk.channelCache
            .dump(ChannelSnapshot)
            .map(({ data }) => data.new.id)
            .sort(),
        ).toEqual([...alive].sort());
        expect(gauge(messages.filter(ChannelSnapshot.is))).toBe(alive.size);
      });
      lives.clear();
    }),
  );
});

/** When the last channel of each id was made. */
const lives = new Map<string, string>();

function gauge(
  snapshots: readonly { readonly data: { readonly old: unknown; readonly new: { readonly dead: boolean } } }[],
) {
  return snapshots.reduce((sum, { data }) => sum + (data.old === null ? 1 : 0) - (data.new.dead ? 1 : 0), 0);
}
