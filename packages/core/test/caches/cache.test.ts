import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  messageType,
  subscribe,
  SubscriptionChange,
  type CacheId,
  type CacheOptions,
  type CacheUpdateData,
  type Message,
  type StasisError,
} from '../../src/index.js';
import { Bridge, bridge, Channel, channel, Note, snapshotId } from '../support/snapshots.js';

function watchedTopic(options: CacheOptions = { id: snapshotId }) {
  const errors: StasisError[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  const topic = bus.topic('channels');
  const cache = createCache(options);
  const cached = createCachingTopic(topic, cache);
  const updates: CacheUpdateData[] = [];
  cached.topic.subscribe(({ data }) => updates.push(data));
  return { bus, topic, cache, cached, updates, errors };
}

describe('what a cache holds', () => {
  it('C1: the last snapshot of each id', () => {
    const { topic, cache } = watchedTopic();
    const [first, second, other] = [channel('1', 'ring'), channel('1', 'up'), channel('2')];
    for (const message of [first, second, other]) topic.publish(message);

    expect(cache.get(Channel, '1')).toBe(second);
    expect(cache.get(Channel, '2')).toBe(other);
    expect(cache.get(Channel, '3')).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('C1: one of each entity', () => {
    const { topic, cache } = watchedTopic();
    const [local, remote] = [channel('1', 'up'), channel('1', 'down', 'node-b')];
    topic.publish(remote);
    topic.publish(local);

    expect(cache.get(Channel, '1')).toBe(local);
    expect(cache.get(Channel, '1', 'local')).toBe(local);
    expect(cache.get(Channel, '1', 'node-b')).toBe(remote);
    expect(cache.get(Channel, '1', 'node-c')).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('C1: one of each message type, also of two types with one name', () => {
    const Namesake = messageType<{ id: string }>('channel');
    const { topic, cache } = watchedTopic({ id: (message) => (message.data as { id: CacheId }).id });
    const messages = [channel('1'), bridge('1'), Namesake({ id: '1' })];
    for (const message of messages) topic.publish(message);

    expect([cache.get(Channel, '1'), cache.get(Bridge, '1'), cache.get(Namesake, '1')]).toEqual(messages);
    expect(cache.get(Namesake, '1')).toBe(messages[2]);
    expect(cache.size).toBe(3);
  });

  it.each([[''], ['0'], [0], ['constructor'], ['__proto__'], [-0], [Number.NaN]])('C1: %p is an id', (id) => {
    const { topic, cache, cached } = watchedTopic();
    const message = channel(id);
    expect(cache.get(Channel, id)).toBeUndefined();

    topic.publish(message);
    expect(cache.get(Channel, id)).toBe(message);
    expect(cache.all(Channel, id)).toEqual([message]);

    cached.clear(message);
    expect(cache.get(Channel, id)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it("C1: '', '0' and 0 are three ids", () => {
    const { topic, cache } = watchedTopic();
    const messages = ['', '0', 0].map((id) => channel(id));
    for (const message of messages) topic.publish(message);

    expect(['', '0', 0].map((id) => cache.get(Channel, id))).toEqual(messages);
    expect(cache.dumpAll()).toEqual(messages);
  });

  it('C1: keeps types, ids and entities apart whose concatenations are the same', () => {
    const [A, Ab] = [messageType<string>('a'), messageType<string>('ab')];
    const { topic, cache } = watchedTopic({ id: (message) => message.data as string });
    const keys = [
      [A, 'bc', 'd'],
      [Ab, 'c', 'd'],
      [A, 'b', 'cd'],
      [A, 'bcd', ''],
      [A, 'b/c', 'd'],
      [A, 'b', 'c/d'],
      [A, '', 'bcd'],
    ] as const;
    const messages = keys.map(([type, id, eid]) => type(id, { eid }));
    for (const message of messages) topic.publish(message);

    expect(keys.map(([type, id, eid]) => cache.get(type, id, eid))).toEqual(messages);
    expect(cache.size).toBe(keys.length);
    topic.publish(CacheClear(messages[0]!));
    expect(cache.size).toBe(keys.length - 1);
    expect(cache.get(Ab, 'c', 'd')).toBe(messages[1]);
  });

  it.each([['constructor'], ['__proto__'], ['']])('C1: an entity may be called %p', (eid) => {
    const { topic, cache } = watchedTopic();
    expect(cache.get(Channel, '1', eid)).toBeUndefined();

    topic.publish(channel('1', 'up', eid));
    expect(cache.get(Channel, '1', eid)).toMatchObject({ eid });
    expect(cache.get(Channel, '1')).toBeUndefined();
  });

  it('C1: nothing for which the id function returns nothing', () => {
    const { topic, cache, updates } = watchedTopic({ id: (message) => (Note.is(message) ? null : undefined) });
    topic.publish(Note('hello'));
    topic.publish(channel('1'));

    expect([cache.size, cache.dumpAll(), updates]).toEqual([0, [], []]);
  });

  it('C1: asks for the id of each published message once, whatever was subscribed meanwhile', () => {
    const id = jest.fn(snapshotId);
    const { topic, cached } = watchedTopic({ id });
    subscribe(topic, () => {}).unsubscribe();
    const [note, snapshot] = [Note('hello'), channel('1')];
    topic.publish(note);
    topic.publish(snapshot);
    cached.clear(snapshot);

    expect(id.mock.calls.map(([message]) => message)).toEqual([note, snapshot, snapshot]);
  });

  it('C1: reports an id function that throws, stores nothing, and goes on', () => {
    const cause = new Error('no id');
    const { topic, cache, updates, errors } = watchedTopic({
      id(message) {
        if (Note.is(message)) throw cause;
        return snapshotId(message);
      },
    });
    const seen: unknown[] = [];
    topic.subscribe((message) => seen.push(message.data));

    expect(topic.publish(Note('hello'))).toBe(true);
    topic.publish(CacheClear(Note('hello')));
    topic.publish(channel('1'));

    expect(errors).toMatchObject([
      { code: 'CACHE', cause, message: '[core] id() of a cache failed on a message of topic "channels".' },
      { code: 'CACHE', cause },
    ]);
    expect(seen).toHaveLength(3);
    expect(cache.size).toBe(1);
    expect(updates).toHaveLength(1);
  });

  it('M7: takes no aggregate that is published for a snapshot', () => {
    const { topic, cache, updates } = watchedTopic();
    topic.publish(channel('1', 'up', null));
    topic.publish(CacheClear(channel('1', 'up', null)));

    expect([cache.size, cache.get(Channel, '1', null), updates]).toEqual([0, undefined, []]);
  });

  it('M6: holds nothing of declined types', () => {
    const bus = createBus({ declinedMessageTypes: ['channel'] });
    const topic = bus.topic('channels');
    const cache = createCache({ id: snapshotId });
    createCachingTopic(topic, cache);
    topic.publish(channel('1'));
    topic.publish(bridge('1'));

    expect(cache.dump()).toMatchObject([{ type: Bridge }]);
  });

  it('C7: subscription changes are never left behind in it', async () => {
    const bus = createBus();
    const topic = bus.topic('channels');
    const cache = createCache({ id: () => 'everything' });
    const cached = createCachingTopic(topic, cache);
    subscribe(topic, () => {}).unsubscribe();
    subscribe(cached.topic, () => {}).unsubscribe();
    const child = bus.topic('child');
    forwardAll(child, topic);
    subscribe(child, () => {});
    child.complete();
    await bus.settled();

    expect(cache.dumpAll()).toEqual([]);
    expect(cache.get(SubscriptionChange, 'everything')).toBeUndefined();
  });
});

describe('when it is written', () => {
  it('C3: while the publish runs', () => {
    const { topic, cache } = watchedTopic();
    for (const state of ['ring', 'up', 'down']) {
      topic.publish(channel('1', state));
      expect(cache.get(Channel, '1')?.data.state).toBe(state);
    }
  });

  it('C3: before any handler of the message runs', async () => {
    const { bus, topic, cache } = watchedTopic();
    const seen: unknown[] = [];
    const look = (message: Message): void => {
      if (Channel.is(message)) seen.push(cache.get(Channel, '1')?.data.state);
    };
    subscribe(topic, look, { delivery: 'synchronous' });
    subscribe(topic, look);
    topic.subscribe(look);
    topic.publish(channel('1', 'ring'));
    await bus.settled();

    expect(seen).toEqual(['ring', 'ring', 'ring']);
  });

  it('C3: at once also when published from inside a handler', () => {
    const { topic, cache } = watchedTopic();
    const seen: unknown[] = [];
    subscribe(
      topic,
      (message) => {
        if (message.data.state !== 'ring') return;
        topic.publish(channel('1', 'up'));
        seen.push(cache.get(Channel, '1')?.data.state);
      },
      { accept: [Channel], delivery: 'synchronous' },
    );
    topic.publish(channel('1', 'ring'));

    expect(seen).toEqual(['up']);
  });

  it('C3: a handler that handles an older update reads the newest snapshot', async () => {
    const { bus, topic, cache, cached } = watchedTopic();
    const seen: unknown[] = [];
    subscribe(
      cached.topic,
      ({ data: { newSnapshot } }) => seen.push([newSnapshot?.data, cache.get(Channel, '1')?.data]),
      { accept: [CacheUpdate] },
    );
    topic.publish(channel('1', 'ring'));
    topic.publish(channel('1', 'up'));
    await bus.settled();

    const [ring, up] = ['ring', 'up'].map((state) => ({ id: '1', state }));
    expect(seen).toEqual([
      [ring, up],
      [up, up],
    ]);
  });

  it('C3: also by what is forwarded to the watched topic', () => {
    const { bus, topic, cache } = watchedTopic();
    const [child, grandchild] = [bus.topic('child'), bus.topic('grandchild')];
    forwardAll(child, topic);
    const forward = forwardAll(grandchild, child);

    grandchild.publish(channel('1', 'ring'));
    child.publish(channel('2'));
    expect(cache.dump()).toHaveLength(2);

    forward.cancel();
    grandchild.publish(channel('1', 'up'));
    expect(cache.get(Channel, '1')?.data.state).toBe('ring');
  });
});

describe('clearing', () => {
  it('C4: removes the entry; the update has no new snapshot', () => {
    const { topic, cache, cached, updates } = watchedTopic();
    const message = channel('1');
    topic.publish(message);
    cached.clear(message);

    expect(cache.get(Channel, '1')).toBeUndefined();
    expect([cache.size, cache.dumpAll()]).toEqual([0, []]);
    expect(updates.at(-1)).toEqual({ type: Channel, oldSnapshot: message, newSnapshot: null });
  });

  it('C4: is done by a message, with any snapshot of the type, id and entity', () => {
    const { topic, cache, updates } = watchedTopic();
    const message = channel('1', 'up', 'node-b');
    topic.publish(message);
    topic.publish(CacheClear(channel('1', 'gone', 'node-b')));

    expect(cache.size).toBe(0);
    expect(updates.at(-1)).toEqual({ type: Channel, oldSnapshot: message, newSnapshot: null });
  });

  it('C4: is done by a message on a topic that is forwarded to the watched one', () => {
    const { bus, topic, cache } = watchedTopic();
    const child = bus.topic('child');
    forwardAll(child, topic);
    child.publish(channel('1'));
    child.publish(CacheClear(channel('1')));

    expect(cache.size).toBe(0);
  });

  it('C4: leaves what has another type, id or entity', () => {
    const { topic, cache, cached } = watchedTopic();
    const others = [channel('2'), channel('1', 'up', 'node-b'), bridge('1')];
    for (const message of [channel('1'), ...others]) topic.publish(message);
    cached.clear(channel('1'));

    expect(cache.dumpAll()).toEqual(others);
  });

  it('C4: publishes nothing for what is not there', () => {
    const { topic, cache, cached, updates } = watchedTopic();
    cached.clear(channel('1'));
    topic.publish(channel('1'));
    cached.clear(channel('1', 'up', 'node-b'));
    cached.clear(bridge('1'));
    cached.clear(channel('2'));
    cached.clear(Note('hello'));
    expect(updates).toHaveLength(1);

    cached.clear(channel('1'));
    cached.clear(channel('1'));
    expect(updates).toHaveLength(2);
    expect(cache.size).toBe(0);
  });

  it('C4: what was cleared may come again, as new', () => {
    const { topic, cached, updates } = watchedTopic();
    const again = channel('1', 'again');
    topic.publish(channel('1'));
    cached.clear(channel('1'));
    topic.publish(again);

    expect(updates.at(-1)).toEqual({ type: Channel, oldSnapshot: null, newSnapshot: again });
  });

  it("C4: reaches the topic's subscribers as the message that it is", async () => {
    const { bus, topic, cached } = watchedTopic();
    const seen: unknown[] = [];
    subscribe(topic, ({ data }) => seen.push(data), { accept: [CacheClear] });
    const message = channel('1');
    cached.clear(message);
    await bus.settled();

    expect(seen).toEqual([message]);
  });

  it.each([[undefined], [null], ['1'], [{}]])('C4: a clear message with %p for a snapshot does no harm', (data) => {
    const { topic, cache, errors } = watchedTopic();
    const seen: unknown[] = [];
    topic.subscribe((message) => seen.push(message.type));
    topic.publish(channel('1'));
    topic.publish(CacheClear(data as never));
    topic.publish(channel('2'));

    expect(seen).toEqual([Channel, CacheClear, Channel]);
    expect([cache.size, errors]).toEqual([2, []]);
  });
});

describe('reading', () => {
  function filledCache() {
    const { topic, cache } = watchedTopic({
      id: snapshotId,
      aggregate: { compute: ({ local, remotes }) => channel(`${[local, ...remotes].length}`, 'all', null) },
    });
    const messages = {
      remote1: channel('1', 'remote', 'node-b'),
      local1: channel('1', 'local'),
      third1: channel('1', 'third', 'node-c'),
      local2: channel('2', 'local'),
      remote3: channel('3', 'remote', 'node-b'),
      bridge1: bridge('1'),
    };
    for (const message of Object.values(messages)) topic.publish(message);
    return { cache, ...messages };
  }

  it('C5: one entry, local, of a given entity, or the aggregate', () => {
    const { cache, local1, third1 } = filledCache();

    expect(cache.get(Channel, '1')).toBe(local1);
    expect(cache.get(Channel, '1', 'node-c')).toBe(third1);
    expect(cache.get(Channel, '1', null)?.data).toEqual({ id: '3', state: 'all' });
    expect(cache.get(Channel, '3')).toBeUndefined();
  });

  it("C5: all entities' entries of one id, the local one first", () => {
    const { cache, remote1, local1, third1, remote3 } = filledCache();

    expect(cache.all(Channel, '1')).toEqual([local1, remote1, third1]);
    expect(cache.all(Channel, '3')).toEqual([remote3]);
    expect(cache.all(Channel, '4')).toEqual([]);
    expect(cache.all(Note, '1')).toEqual([]);
  });

  it('C5: a dump of one entity, of one type or of all', () => {
    const { cache, local1, local2, bridge1, remote1, remote3, third1 } = filledCache();

    expect(cache.dump()).toEqual([local1, local2, bridge1]);
    expect(cache.dump(Channel)).toEqual([local1, local2]);
    expect(cache.dump(undefined, 'node-b')).toEqual([remote1, remote3]);
    expect(cache.dump(Channel, 'node-c')).toEqual([third1]);
    expect(cache.dump(Bridge, 'node-b')).toEqual([]);
    expect(cache.dump(Note)).toEqual([]);
  });

  it('C5: a dump of the aggregates', () => {
    const { cache } = filledCache();

    expect(cache.dump(Channel, null).map(({ data }) => data.id)).toEqual(['3', '1', '2']);
    expect(cache.dump(undefined, null)).toHaveLength(4);
  });

  it('C5: a dump of all entities, of one type or of all, without aggregates', () => {
    const { cache, remote1, local1, third1, local2, remote3, bridge1 } = filledCache();

    expect(cache.dumpAll()).toEqual([local1, remote1, third1, local2, remote3, bridge1]);
    expect(cache.dumpAll(Channel)).toEqual([local1, remote1, third1, local2, remote3]);
    expect(cache.dumpAll(Bridge)).toEqual([bridge1]);
    expect(cache.dumpAll(Note)).toEqual([]);
    expect(cache.size).toBe(6);
  });

  it("C5: gives arrays of the reader's own", () => {
    const { cache } = filledCache();
    for (const read of [() => cache.dump(), () => cache.dumpAll(), () => cache.all(Channel, '1')]) {
      const length = read().length;
      read().length = 0;
      expect(read()).toHaveLength(length);
    }
  });

  it('C5: an empty cache has nothing to give', () => {
    const cache = createCache({ id: snapshotId });

    expect([cache.size, cache.dump(), cache.dumpAll(), cache.dump(Channel, null)]).toEqual([0, [], [], []]);
    expect([cache.get(Channel, '1'), cache.all(Channel, '1')]).toEqual([undefined, []]);
  });
});

describe('a shared cache', () => {
  it('C7: is written by several caching topics', () => {
    const { bus, topic, cache } = watchedTopic();
    const bridges = bus.topic('bridges');
    createCachingTopic(bridges, cache);
    topic.publish(channel('1', 'first'));
    bridges.publish(bridge('1'));
    bridges.publish(channel('1', 'second'));

    expect(cache.dump()).toMatchObject([{ data: { state: 'second' } }, { type: Bridge }]);
    expect(cache.size).toBe(2);
  });

  it('C7: each caching topic tells what it wrote', () => {
    const { bus, topic, cache, updates } = watchedTopic();
    const other = bus.topic('other');
    const otherUpdates: CacheUpdateData[] = [];
    createCachingTopic(other, cache).topic.subscribe(({ data }) => otherUpdates.push(data));
    const [first, second] = [channel('1', 'first'), channel('1', 'second')];
    topic.publish(first);
    other.publish(second);

    expect(updates).toEqual([{ type: Channel, oldSnapshot: null, newSnapshot: first }]);
    expect(otherUpdates).toEqual([{ type: Channel, oldSnapshot: first, newSnapshot: second }]);
  });

  it('C7: keeps what it holds when a caching topic ends', () => {
    const { topic, cache, cached } = watchedTopic();
    topic.publish(channel('1', 'kept'));
    cached.unsubscribe();
    topic.publish(channel('1', 'late'));
    topic.publish(CacheClear(channel('1')));

    expect(cache.get(Channel, '1')?.data.state).toBe('kept');
  });

  it('C1: its options may be an instance of a class', () => {
    class ByIdOf {
      readonly type = Channel;
      id(message: Message): CacheId | undefined {
        return this.type.is(message) ? message.data.id : undefined;
      }
    }
    const cache = createCache(new ByIdOf());
    const topic = createBus().topic('channels');
    createCachingTopic(topic, cache);
    topic.publish(channel('1'));

    expect(cache.size).toBe(1);
  });

  it('C7: may serve several buses', () => {
    const cache = createCache({ id: snapshotId });
    for (const eid of ['node-a', 'node-b']) {
      const topic = createBus().topic('channels');
      createCachingTopic(topic, cache);
      topic.publish(channel('1', 'up', eid));
    }

    expect(cache.all(Channel, '1').map(({ eid }) => eid)).toEqual(['node-a', 'node-b']);
  });
});

describe('a call that cannot work', () => {
  it.each([
    [undefined, 'id to be a function, got undefined.'],
    [{}, 'id to be a function, got undefined.'],
    [{ id: 'id' }, 'id to be a function, got "id" (string).'],
    [{ id: snapshotId, aggregate: null }, 'aggregate.compute to be a function, got undefined.'],
    [{ id: snapshotId, aggregate: {} }, 'aggregate.compute to be a function, got undefined.'],
    [{ id: snapshotId, aggregate: { compute: 5 } }, 'aggregate.compute to be a function, got 5 (number).'],
    [
      { id: snapshotId, aggregate: { compute: () => undefined, publish: true } },
      'aggregate.publish to be a function, got true (boolean).',
    ],
  ])('C1: createCache(%p) is refused', (options, message) => {
    expect(() => createCache(options as CacheOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: `[core] createCache(): expected ${message}` }),
    );
  });

  it.each([
    ['get', (cache: Reads) => cache.get('channel', '1')],
    ['all', (cache: Reads) => cache.all('channel', '1')],
    ['dump', (cache: Reads) => cache.dump('channel')],
    ['dumpAll', (cache: Reads) => cache.dumpAll('channel')],
    ['watch', (cache: Reads) => cache.watch('channel', '1')],
  ])('C5: %s without a message type is refused', (call, read) => {
    const cache = createCache({ id: snapshotId }) as unknown as Reads;

    expect(() => read(cache)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: `[core] cache.${call}(): expected a message type, got "channel" (string).`,
      }),
    );
  });
});

/** The calls of a cache, as somebody without types may make them. */
type Reads = Record<'get' | 'all' | 'dump' | 'dumpAll' | 'watch', (...args: unknown[]) => unknown>;
