import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  subscribe,
  type Cache,
  type CacheUpdateData,
  type Message,
  type Topic,
} from '../../src/index.js';
import { Bridge, bridge, Channel, channel, Note, snapshotId } from '../support/snapshots.js';
import { inWords } from '../support/in-words.js';

function watchedTopic() {
  const bus = createBus();
  const topic = bus.topic('channels');
  const cache = createCache({ id: snapshotId });
  return { bus, topic, cache, cached: createCachingTopic(topic, cache) };
}

/** A cache update in words: `ring > up`. */
const tell = ({ data: { oldSnapshot, newSnapshot } }: Message<CacheUpdateData>): string =>
  [oldSnapshot, newSnapshot]
    .map((snapshot) => (snapshot?.data as { state: string } | undefined)?.state ?? '-')
    .join(' > ');

function recordUpdates(topic: Topic<Message<CacheUpdateData>>): string[] {
  const lines: string[] = [];
  topic.subscribe((update) => lines.push(tell(update)));
  return lines;
}

describe('cache updates', () => {
  it('C2, Z1: are counted also where nobody hears them, and are there for whoever comes', () => {
    const { bus, topic, cached } = watchedTopic();
    const counts = (): unknown => {
      const { topics, messageTypes } = bus.statistics();
      const { dispatched, notDispatched } = topics.find(({ name }) => name === cached.topic.name) ?? {};
      const { published, unused } = messageTypes.find(({ name }) => name === CacheUpdate.name) ?? {};
      return { dispatched, notDispatched, published, unused };
    };
    const publish = (count: number): void => {
      for (let n = 0; n < count; n++) topic.publish(channel('1', `state ${n}`));
    };
    publish(200);
    expect(counts()).toEqual({ dispatched: 0, notDispatched: 200, published: 200, unused: 200 });

    const lines = recordUpdates(cached.topic);
    publish(2);
    expect(lines).toEqual(['state 199 > state 0', 'state 0 > state 1']);
    expect(counts()).toEqual({ dispatched: 2, notDispatched: 200, published: 202, unused: 200 });

    bus.hold();
    publish(3);
    bus.release();
    expect(lines.length).toBe(5);
  });

  it('C2, P1: are told to a probe also where nobody hears them', () => {
    const { bus, topic, cached } = watchedTopic();
    const published: string[] = [];
    topic.publish(channel('1', 'ring'));
    topic.publish(channel('1', 'up'));
    bus.attach({ published: (record) => published.push(record.topic) });
    topic.publish(channel('1', 'down'));

    expect(published).toEqual([topic.name, cached.topic.name]);
  });

  it('C2: tell the snapshot type, the old and the new snapshot', () => {
    const { topic, cached } = watchedTopic();
    const seen: CacheUpdateData[] = [];
    cached.topic.subscribe(({ data }) => seen.push(data));
    const [first, second, other] = [channel('1', 'ring'), channel('1', 'up'), bridge('1')];
    for (const message of [first, second, other]) topic.publish(message);
    cached.clear(second);

    expect(seen).toEqual([
      { type: Channel, oldSnapshot: null, newSnapshot: first },
      { type: Channel, oldSnapshot: first, newSnapshot: second },
      { type: Bridge, oldSnapshot: null, newSnapshot: other },
      { type: Channel, oldSnapshot: second, newSnapshot: null },
    ]);
    expect(seen[1]?.oldSnapshot).toBe(first);
    expect(seen[1]?.newSnapshot).toBe(second);
  });

  it('C2: carry the entity id of their snapshots', () => {
    const { topic, cached } = watchedTopic();
    const seen: unknown[] = [];
    cached.topic.subscribe((update) => seen.push(update.eid));
    topic.publish(channel('1'));
    topic.publish(channel('1', 'up', 'node-b'));
    cached.clear(channel('1', 'up', 'node-b'));

    expect(seen).toEqual(['local', 'node-b', 'node-b']);
  });

  it('C2: tell the old snapshot of the same entity', () => {
    const { topic, cached } = watchedTopic();
    const lines = recordUpdates(cached.topic);
    topic.publish(channel('1', 'here'));
    topic.publish(channel('1', 'there', 'node-b'));
    topic.publish(channel('1', 'here again'));

    expect(lines).toEqual(['- > here', '- > there', 'here > here again']);
  });

  it('C2: are published once for each snapshot, also for one that says the same or is the same', () => {
    const { topic, cached } = watchedTopic();
    const lines = recordUpdates(cached.topic);
    const message = channel('1', 'up');
    for (const published of [message, channel('1', 'up'), message, message]) topic.publish(published);

    expect(lines).toEqual(['- > up', 'up > up', 'up > up', 'up > up']);
  });

  it('C2: are all that comes through: no message that is not cacheable, no snapshot, no subscription change', async () => {
    const { bus, topic, cached } = watchedTopic();
    const seen: string[] = [];
    subscribe(cached.topic, (message) => seen.push(CacheUpdate.is(message) ? tell(message) : inWords(message)));
    subscribe(topic, () => {}).unsubscribe();
    topic.publish(Note('hello'));
    topic.publish(channel('1'));
    await bus.settled();

    expect(seen).toEqual(['Subscribe channels-cached#1', '- > up']);
  });

  it('C2, S2: come from the topic of the updates', async () => {
    const { bus, topic, cached } = watchedTopic();
    const origins: Topic[] = [];
    const far = bus.topic('far');
    forwardAll(cached.topic, far);
    subscribe(far, (_, origin) => origins.push(origin), { accept: [CacheUpdate] });
    topic.publish(channel('1'));
    await bus.settled();

    expect(origins).toEqual([cached.topic]);
  });

  it('C2: reach subscribers of every way of delivery, and plain observers', async () => {
    const { bus, topic, cached } = watchedTopic();
    const seen: string[][] = [[], [], recordUpdates(cached.topic)];
    subscribe(cached.topic, (update) => seen[0]!.push(tell(update)), { accept: [CacheUpdate] });
    subscribe(cached.topic, (update) => seen[1]!.push(tell(update)), {
      accept: [CacheUpdate],
      delivery: 'synchronous',
    });
    topic.publish(channel('1', 'ring'));
    topic.publish(channel('1', 'up'));
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 3 }, () => ['- > ring', 'ring > up']));
  });

  it('C3: stand in the mailboxes when publish returns', () => {
    const { topic, cached } = watchedTopic();
    const subscription = subscribe(cached.topic, () => {}, { accept: [CacheUpdate] });
    topic.publish(channel('1'));

    expect(subscription.depth).toBe(1);
  });

  it.each(['queued', 'synchronous'] as const)(
    'T3: come in the order of publishing, however deep the publishes are nested (%s)',
    async (delivery) => {
      const { bus, topic, cached } = watchedTopic();
      const next: Record<string, string[]> = { a: ['b', 'c'], b: ['d'] };
      subscribe(
        topic,
        ({ data: { state } }) => {
          for (const following of next[state] ?? []) topic.publish(channel('1', following));
        },
        { accept: [Channel], delivery },
      );
      const lines = recordUpdates(cached.topic);
      const mailed: string[] = [];
      subscribe(cached.topic, (update) => mailed.push(tell(update)), { accept: [CacheUpdate] });
      topic.publish(channel('1', 'a'));
      await bus.settled();

      expect(lines).toEqual(['- > a', 'a > b', 'b > c', 'c > d']);
      expect(mailed).toEqual(lines);
    },
  );

  it('T3: come after the message that caused them, to a subscriber of both', async () => {
    const { bus, topic, cached } = watchedTopic();
    const both = bus.topic('both');
    forwardAll(topic, both);
    forwardAll(cached.topic, both);
    const seen: unknown[][] = [[], []];
    for (const [n, delivery] of (['queued', 'synchronous'] as const).entries()) {
      subscribe(both, ({ type }) => seen[n]!.push(type), { accept: [Channel, CacheUpdate], delivery });
    }
    topic.publish(channel('1'));
    topic.publish(channel('1'));
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 2 }, () => [Channel, CacheUpdate, Channel, CacheUpdate]));
  });
});

describe('a caching topic', () => {
  it('C2: has a topic of its own on the bus, named after the watched one', () => {
    const { bus, topic, cache, cached } = watchedTopic();

    expect(cached.topic.name).toBe('channels-cached');
    expect(bus.find('channels-cached')).toBe(cached.topic);
    expect(createCachingTopic(topic, cache).topic.name).toBe('channels-cached-2');
    expect(createCachingTopic(topic, cache).topic.name).toBe('channels-cached-3');
  });

  it('C2: can itself be watched', () => {
    const { topic, cached } = watchedTopic();
    const second = createCachingTopic(cached.topic, createCache({ id: () => 'last' }));
    const lines: unknown[] = [];
    second.topic.subscribe(({ data }) => lines.push([data.type, tell(data.newSnapshot as Message<CacheUpdateData>)]));
    topic.publish(channel('1', 'ring'));
    topic.publish(channel('1', 'up'));

    expect(lines).toEqual([
      [CacheUpdate, '- > ring'],
      [CacheUpdate, 'ring > up'],
    ]);
  });

  it('S4: completes its topic when it is unsubscribed: subscribers get what is queued and their final message', async () => {
    const { topic, cached } = watchedTopic();
    const seen: string[] = [];
    const subscription = subscribe(cached.topic, (message) =>
      seen.push(CacheUpdate.is(message) ? tell(message) : inWords(message)),
    );
    topic.publish(channel('1', 'queued'));
    cached.unsubscribe();
    topic.publish(channel('1', 'too late'));
    await Promise.all([cached.join(), subscription.join()]);

    expect(seen).toEqual(['Subscribe channels-cached#1', '- > queued', 'Unsubscribe channels-cached#1']);
  });

  it('S6: join waits until it has stopped, and no longer', async () => {
    const { topic, cached } = watchedTopic();
    const steps: string[] = [];
    const joined = cached.join().then(() => steps.push('joined'));
    await Promise.resolve();
    topic.publish(channel('1'));
    steps.push('unsubscribed');
    cached.unsubscribe();
    await joined;
    await cached.join();

    expect(steps).toEqual(['unsubscribed', 'joined']);
  });

  it('S7: may be unsubscribed twice, and inside a handler of an update', () => {
    const { topic, cached, cache } = watchedTopic();
    const seen: string[] = [];
    subscribe(
      cached.topic,
      (update) => {
        seen.push(tell(update));
        cached.unsubscribe();
        cached.unsubscribe();
      },
      { accept: [CacheUpdate], delivery: 'synchronous' },
    );
    topic.publish(channel('1', 'first'));
    topic.publish(channel('1', 'second'));

    expect(seen).toEqual(['- > first']);
    expect(cache.get(Channel, '1')?.data.state).toBe('first');
  });

  it('S4: is disposable', async () => {
    const { topic, cache } = watchedTopic();
    const [one, other] = [createCachingTopic(topic, cache), createCachingTopic(topic, cache)];
    one[Symbol.dispose]();
    await other[Symbol.asyncDispose]();

    expect([one.topic.isCompleted, other.topic.isCompleted]).toEqual([true, true]);
  });

  it('S4: ends with the watched topic', async () => {
    const { bus, topic, cached } = watchedTopic();
    const joined = cached.join();
    topic.complete();
    await joined;

    expect(cached.topic.isCompleted).toBe(true);
    expect(bus.topics()).toEqual([]);
  });

  it('S4: forgets the watched topic when it ends before that', () => {
    const { topic, cached } = watchedTopic();
    cached.unsubscribe();
    const unsubscribe = jest.spyOn(cached, 'unsubscribe');
    topic.complete();

    expect(unsubscribe).not.toHaveBeenCalled();
  });

  it('S4: ends with its own topic', async () => {
    const { topic, cache, cached } = watchedTopic();
    cached.topic.complete();
    await cached.join();
    topic.publish(channel('1'));

    expect(cache.size).toBe(0);
  });

  it('S4: ends with its bus', async () => {
    const { bus, topic, cache, cached } = watchedTopic();
    topic.publish(channel('1'));
    await bus.close();
    await cached.join();

    expect(cache.size).toBe(1);
    expect(bus.topics()).toEqual([]);
  });

  it('S4: has ended when it is made on a topic that has', async () => {
    const { topic, bus, cache } = watchedTopic();
    topic.complete();
    const late = createCachingTopic(topic, cache);
    await late.join();

    expect(late.topic.isCompleted).toBe(true);
    expect(bus.topics()).toEqual([]);
  });

  it('C2: what was published before it was made is not cached', () => {
    const { bus } = watchedTopic();
    const topic = bus.topic('other');
    topic.publish(channel('1'));
    const cache = createCache({ id: snapshotId });
    createCachingTopic(topic, cache);

    expect(cache.size).toBe(0);
  });

  it('C2: made inside a handler, it writes what is published from then on', () => {
    const bus = createBus();
    const topic = bus.topic('channels');
    const cache = createCache({ id: snapshotId });
    subscribe(
      topic,
      (message) => {
        if (message.data.state !== 'ring') return;
        createCachingTopic(topic, cache);
        topic.publish(channel('2'));
      },
      { accept: [Channel], delivery: 'synchronous' },
    );
    topic.publish(channel('1', 'ring'));

    expect(cache.dump().map(({ data }) => data)).toEqual([{ id: '2', state: 'up' }]);
  });

  it('C2: leaves nothing behind after 10,000 rounds', async () => {
    const { bus, topic, cache, cached } = watchedTopic();
    cached.unsubscribe();
    for (let round = 0; round < 10_000; round++) {
      const caching = createCachingTopic(topic, cache);
      const subscription = subscribe(caching.topic, () => {}, { delivery: 'synchronous' });
      const watching = cache.watch(Channel, round).subscribe();
      topic.publish(channel(round));
      caching.clear(channel(round));
      if (round % 2 === 0) subscription.unsubscribe();
      watching.unsubscribe();
      caching.unsubscribe();
    }
    await bus.settled();

    expect(cache.size).toBe(0);
    expect(bus.topics()).toEqual([topic]);
    expect(bus.statistics().subscriptions).toEqual([]);
    expect(topic.audience.taps).toEqual([]);
  });

  it('M6: tells nothing when cache updates are declined; the cache is written all the same', () => {
    const bus = createBus({ declinedMessageTypes: ['stasis_cache_update'] });
    const topic = bus.topic('channels');
    const cache = createCache({ id: snapshotId });
    const cached = createCachingTopic(topic, cache);
    const lines = recordUpdates(cached.topic);
    topic.publish(channel('1'));

    expect([lines, cache.size]).toEqual([[], 1]);
  });

  it('M6: clears nothing when cache clears are declined', () => {
    const bus = createBus({ declinedMessageTypes: ['stasis_cache_clear'] });
    const topic = bus.topic('channels');
    const cache = createCache({ id: snapshotId });
    const cached = createCachingTopic(topic, cache);
    topic.publish(channel('1'));
    cached.clear(channel('1'));

    expect(cache.size).toBe(1);
  });

  it('C2, M2: takes topics, caches and clear messages of another loaded copy of core', async () => {
    const { bus, topic, cache, cached } = watchedTopic();
    const lines = recordUpdates(cached.topic);
    await jest.isolateModulesAsync(async () => {
      const other = await import('../../src/index.js');
      expect(other.CacheClear).not.toBe(CacheClear);
      const theirs = other.createCachingTopic(topic, cache);
      theirs.topic.subscribe((update) => lines.push(`theirs ${tell(update)}`));
      topic.publish(channel('1', 'ring'));
      topic.publish(other.CacheClear(channel('1')));
      createCachingTopic(bus.topic('others'), other.createCache({ id: () => undefined }));
    });

    expect(lines).toEqual(['- > ring', 'theirs ring > ring', 'ring > -']);
    expect(cache.size).toBe(0);
  });

  it.each([
    [undefined, 'topic to be a topic of a bus, got undefined.'],
    [{}, 'topic to be a topic of a bus, got Object (object).'],
  ])('C2: is refused for %p in place of a topic', (topic, message) => {
    expect(() => createCachingTopic(topic as unknown as Topic, createCache({ id: snapshotId }))).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: `[core] createCachingTopic(): expected ${message}`,
      }),
    );
  });

  it.each([
    [undefined, 'undefined'],
    [new Map(), 'Map (object)'],
  ])('C2: is refused for %p in place of a cache', (cache, got) => {
    const { topic, bus } = watchedTopic();

    expect(() => createCachingTopic(topic, cache as unknown as Cache)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: `[core] createCachingTopic(): expected a cache, as createCache makes them, got ${got}.`,
      }),
    );
    expect(bus.topics()).toHaveLength(2);
  });

  it('C4: clears nothing but messages', () => {
    expect(() => watchedTopic().cached.clear('1' as unknown as Message)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: '[core] cached.clear(): expected a message, got "1" (string).',
      }),
    );
  });
});

describe('completing and unsubscribing in every order', () => {
  const steps = ['topic', 'cached', 'subscriber'] as const;
  const orders = steps.flatMap((first) =>
    steps
      .filter((step) => step !== first)
      .map((second) => [first, second, steps.find((s) => s !== first && s !== second)!]),
  );

  for (const delivery of ['queued', 'synchronous'] as const) {
    it.each(orders)(`S4, C2: %s, %s, %s (${delivery})`, async (...order) => {
      const { bus, topic, cache, cached } = watchedTopic();
      const seen: string[] = [];
      const subscription = subscribe(
        cached.topic,
        (message) => seen.push(CacheUpdate.is(message) ? tell(message) : inWords(message)),
        { delivery },
      );
      const end = {
        topic: () => topic.complete(),
        cached: () => cached.unsubscribe(),
        subscriber: () => subscription.unsubscribe(),
      };
      topic.publish(channel('1'));
      for (const step of order) {
        end[step]();
        topic.publish(channel('1', 'too late'));
      }
      await Promise.all([cached.join(), subscription.join()]);

      expect(seen).toEqual(['Subscribe channels-cached#1', '- > up', 'Unsubscribe channels-cached#1']);
      expect(subscription.isDone).toBe(true);
      expect(bus.topics()).toEqual([]);
      expect(bus.statistics().subscriptions).toEqual([]);
      expect(cache.size).toBe(1);
    });
  }
});
