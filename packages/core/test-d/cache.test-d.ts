import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  subscribe,
} from '@stasis-rx/core';
import type { AggregateEntry, AnyMessageType, CacheId, CacheUpdateData, Message, Topic } from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';

interface Channel {
  id: string;
  state: string;
}

const ChannelSnapshot = messageType<Channel>('channel_snapshot');
const BridgeSnapshot = messageType<{ id: string; channels: string[] }>('bridge_snapshot');

const bus = createBus();
const channels = bus.topic<Message<Channel>>('channel:all');

// C1: the id function is given any message, and gives a text, a number, or nothing.
const cache = createCache({
  id: (message) => {
    expectTypeOf(message).toEqualTypeOf<Message>();
    return ChannelSnapshot.is(message) ? message.data.id : undefined;
  },
});
createCache({ id: () => null });
createCache({ id: () => 0 });
expectTypeOf<CacheId>().toEqualTypeOf<string | number>();
// @ts-expect-error an id is a text or a number
createCache({ id: (message) => message });
// @ts-expect-error a cache has to know the ids
createCache({});

// C5: what is read has the type that was asked for.
expectTypeOf(cache.get(ChannelSnapshot, '1')).toEqualTypeOf<Message<Channel> | undefined>();
expectTypeOf(cache.get(ChannelSnapshot, 1, 'node-b')).toEqualTypeOf<Message<Channel> | undefined>();
expectTypeOf(cache.get(BridgeSnapshot, '1', null)?.data.channels).toEqualTypeOf<readonly string[] | undefined>();
expectTypeOf(cache.all(ChannelSnapshot, '1')).toEqualTypeOf<Message<Channel>[]>();
expectTypeOf(cache.dump(ChannelSnapshot)).toEqualTypeOf<Message<Channel>[]>();
expectTypeOf(cache.dump()).toEqualTypeOf<Message[]>();
expectTypeOf(cache.dump(undefined, null)).toEqualTypeOf<Message[]>();
expectTypeOf(cache.dumpAll(BridgeSnapshot)[0]?.data.id).toEqualTypeOf<string | undefined>();
expectTypeOf(cache.dumpAll()).toEqualTypeOf<Message[]>();
expectTypeOf(cache.watch(ChannelSnapshot, '1')).toEqualTypeOf<Observable<Message<Channel> | undefined>>();
expectTypeOf(cache.size).toEqualTypeOf<number>();
// @ts-expect-error the type is an object, not its name
cache.get('channel_snapshot', '1');
// @ts-expect-error an id is a text or a number
cache.get(ChannelSnapshot, { id: '1' });
// @ts-expect-error an entity id is a text, or null for the aggregate
cache.get(ChannelSnapshot, '1', 5);
// @ts-expect-error the size is read only
cache.size = 0;

// C6: an aggregate is computed from all that there is of an id.
createCache({
  id: () => '1',
  aggregate: {
    compute: (entry, changed) => {
      expectTypeOf(entry).toEqualTypeOf<AggregateEntry>();
      expectTypeOf(entry.remotes).toEqualTypeOf<readonly Message[]>();
      expectTypeOf(changed).toEqualTypeOf<Message>();
      return entry.local;
    },
    publish: (topic, aggregate) => {
      expectTypeOf(topic).toEqualTypeOf<Topic>();
      topic.publish(aggregate);
    },
  },
});
// @ts-expect-error an aggregate has to be computed
createCache({ id: () => '1', aggregate: {} });
// @ts-expect-error an aggregate is a message, not its data
createCache({ id: () => '1', aggregate: { compute: () => 5 } });

// C2: a caching topic watches a topic of whatever union; its own carries cache updates.
const cached = createCachingTopic(channels, cache);
createCachingTopic(bus.topic('everything'), cache);
expectTypeOf(cached.topic).toEqualTypeOf<Topic<Message<CacheUpdateData>>>();
expectTypeOf(cached.join()).toEqualTypeOf<Promise<void>>();
expectTypeOf(cached).toExtend<Disposable & AsyncDisposable>();
subscribe(
  cached.topic,
  ({ data }) => {
    expectTypeOf(data.type).toExtend<AnyMessageType>();
    expectTypeOf(data.oldSnapshot).toExtend<Message | null>();
    if (ChannelSnapshot.is(data.newSnapshot)) expectTypeOf(data.newSnapshot.data.state).toEqualTypeOf<string>();
  },
  { accept: [CacheUpdate] },
);
// @ts-expect-error a cache is made by createCache
createCachingTopic(channels, new Map());
// @ts-expect-error it watches a topic, not a name
createCachingTopic('channel:all', cache);

// C4: every topic takes clear messages, made of a snapshot.
const snapshot = ChannelSnapshot({ id: '1', state: 'up' });
cached.clear(snapshot);
channels.publish(CacheClear(snapshot));
// @ts-expect-error a clear message holds a snapshot, not its id
CacheClear('1');
// @ts-expect-error a snapshot is a message, not its data
cached.clear({ id: '1', state: 'up' });
