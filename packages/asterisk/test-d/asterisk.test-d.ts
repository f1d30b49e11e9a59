import {
  AriGap,
  AriUnknown,
  BridgeSnapshot,
  ChannelSnapshot,
  ChannelVarset,
  connectAri,
  createAsteriskTopics,
  DeviceState,
  EndpointSnapshot,
  PlaybackSnapshot,
  publishAriEvent,
  RecordingSnapshot,
  replay,
  StasisStart,
  startChannelStats,
} from '@stasis-rx/asterisk';
import type {
  AriConnectionError,
  AriGapData,
  AriConnectionState,
  BridgeSnapshotData,
  Channel,
  ChannelSnapshotData,
  EndpointSnapshotData,
  PlaybackSnapshotData,
  ReplayProgress,
  WebSocketClass,
} from '@stasis-rx/asterisk';
import { readRecording } from '@stasis-rx/asterisk/recording';
import { CacheUpdate, createBus, ofType, subscribe } from '@stasis-rx/core';
import type { CacheUpdateData, Message, StasisError, Topic } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { createStatsDClient } from '@stasis-rx/statsd';
import { expectTypeOf } from 'expect-type';
import { WebSocket as WebSocketOfWs } from 'ws';

const asterisk = createAsteriskTopics(createBus());

// Data is inferred from the message type at subscribe, route and operator.
subscribe(
  asterisk.channels,
  (message) => {
    expectTypeOf(message.data.new.dead).toEqualTypeOf<boolean>();
    expectTypeOf(message.data.new.caller.number).toEqualTypeOf<string>();
    expectTypeOf(message.data.old).toExtend<Channel | null>();
  },
  { accept: [ChannelSnapshot] },
);
createMessageRouter(asterisk.channels)
  .add(ChannelVarset, (message) => expectTypeOf(message.data.value).toEqualTypeOf<string>())
  .add(StasisStart, (message) => expectTypeOf(message.data.args).toEqualTypeOf<readonly string[]>());
asterisk
  .channel('1')
  .pipe(ofType(ChannelVarset))
  .subscribe((message) => expectTypeOf(message.data.channel).toExtend<Channel | null>());

// A topic takes its own messages only, and nobody changes what a message holds.
asterisk.channels.publish(ChannelVarset({ channel: null, variable: 'A', value: '1' }));
// @ts-expect-error a device's state is not about channels
asterisk.channels.publish(DeviceState({ name: 'PJSIP/a', state: 'BUSY' }));
// @ts-expect-error a variable has a value
ChannelVarset({ channel: null, variable: 'A' });
// @ts-expect-error data is read only
subscribe(asterisk.devices, (message) => (message.data.state = 'BUSY'), { accept: [DeviceState] });

// A read of a cache is typed by the message type that it asks for.
expectTypeOf(asterisk.channelCache.get(ChannelSnapshot, '1')).toEqualTypeOf<Message<ChannelSnapshotData> | undefined>();
expectTypeOf(asterisk.bridgeCache.dump(BridgeSnapshot)).toEqualTypeOf<Message<BridgeSnapshotData>[]>();
expectTypeOf(asterisk.endpointCache.all(EndpointSnapshot, 'PJSIP/a')).toEqualTypeOf<Message<EndpointSnapshotData>[]>();
asterisk.channelCache
  .watch(ChannelSnapshot, '1')
  .subscribe((snapshot) => expectTypeOf(snapshot?.data.new.dead).toEqualTypeOf<boolean | undefined>());
// @ts-expect-error caches are written by what is published
asterisk.channelCache.set(ChannelSnapshot, '1');
// @ts-expect-error and belong to their topics
asterisk.channelCache = asterisk.bridgeCache;

// The changes of a cache are cache updates, for subscriptions and for routes by the type of the snapshots.
expectTypeOf(asterisk.channelsCached).toEqualTypeOf<Topic<Message<CacheUpdateData>>>();
subscribe(
  asterisk.endpointsCached,
  ({ data }) => {
    if (EndpointSnapshot.is(data.newSnapshot)) expectTypeOf(data.newSnapshot.data.new.state).toEqualTypeOf<string>();
  },
  { accept: [CacheUpdate] },
);
createMessageRouter(asterisk.bridgesCached).addCacheUpdate(BridgeSnapshot, ({ data }) => {
  expectTypeOf(data.oldSnapshot).toEqualTypeOf<Message<BridgeSnapshotData> | null>();
});
// @ts-expect-error snapshots are published on the topic that they are about
asterisk.channelsCached.publish(DeviceState({ name: 'PJSIP/a', state: 'BUSY' }));

// Events come as parsed JSON, of whatever kind.
expectTypeOf(publishAriEvent(asterisk, JSON.parse('{}'))).toEqualTypeOf<boolean>();
publishAriEvent(asterisk, null);

// Recordings are async or plain, and known to be recordings.
expectTypeOf(replay(asterisk, readRecording('calls.jsonl'), { speed: 2 })).toEqualTypeOf<Promise<ReplayProgress>>();
void replay(asterisk, [{ at: 0, event: {} }]);
// @ts-expect-error without a time there is no knowing when
void replay(asterisk, [{ event: {} }]);

// The WebSocket of the platform and that of `ws` both do.
expectTypeOf(WebSocket).toExtend<WebSocketClass>();
expectTypeOf(WebSocketOfWs).toExtend<WebSocketClass>();
const connection = connectAri(asterisk, { url: '', app: '', apiKey: '', WebSocket: WebSocketOfWs });
// @ts-expect-error the login is needed
connectAri(asterisk, { url: '', app: '' });

// What a state holds follows from which state it is.
connection.state$.subscribe((state) => {
  expectTypeOf(state).toEqualTypeOf<AriConnectionState>();
  if (state.state === 'waiting') expectTypeOf(state.error).toEqualTypeOf<AriConnectionError>();
  if (state.state === 'failed') expectTypeOf(state.error).toEqualTypeOf<StasisError>();
  if (state.state === 'open') expectTypeOf(state).not.toHaveProperty('error');
});

// What a reconciliation found, as a value and as a message.
expectTypeOf(connection.reconcile()).toEqualTypeOf<Promise<AriGapData>>();
subscribe(asterisk.channels, ({ data }) => expectTypeOf(data.until - data.since).toEqualTypeOf<number>(), {
  accept: [AriGap],
});
subscribe(asterisk.channels, ({ data }) => expectTypeOf(data.event).toExtend<Readonly<Record<string, unknown>>>(), {
  accept: [AriUnknown],
});
connectAri(asterisk, { url: '', app: '', apiKey: '', fetch: globalThis.fetch, pingIntervalMs: 0, maxWaitingEvents: 1 });

// Playbacks and recordings are of channels and of bridges.
asterisk.channels
  .pipe(ofType(PlaybackSnapshot))
  .subscribe(({ data }) => expectTypeOf(data.new.media_uri).toEqualTypeOf<string>());
asterisk.bridges
  .pipe(ofType(RecordingSnapshot))
  .subscribe(({ data }) => expectTypeOf(data.new.dead).toEqualTypeOf<boolean>());
expectTypeOf(asterisk.playbackCache.dump(PlaybackSnapshot)).toEqualTypeOf<Message<PlaybackSnapshotData>[]>();
// @ts-expect-error endpoints have none
asterisk.endpoints.publish(PlaybackSnapshot({ old: null, new: {} as PlaybackSnapshotData['new'] }));

startChannelStats(asterisk.channels, createStatsDClient());
startChannelStats(asterisk.channel('1'), createStatsDClient());
// @ts-expect-error bridges have no call times
startChannelStats(asterisk.bridges, createStatsDClient());
