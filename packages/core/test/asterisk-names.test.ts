import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  format,
  forwardAll,
  isMessage,
  isMessageType,
  LOCAL_EID,
  messageType,
  subscribe,
  SubscriptionChange,
  toJSON,
  type AggregateEntry,
  type CacheUpdateData,
  type Message,
  type MessageType,
  type SubscribeOptions,
  type Topic,
} from '../src/index.js';
import { createGate } from './support/gate.js';
import { inWords } from './support/in-words.js';

// What Asterisk's own unit tests of Stasis promise, by their names. The two on routers are tests of the package router.

const Text = messageType<string>('text');

/** What a subscription gets, its coming and going included, in words. */
function record<M extends Message>(topic: Topic<M>, options?: SubscribeOptions) {
  const seen: string[] = [];
  const subscription = subscribe(topic, (message) => seen.push(inWords(message)), options);
  return { seen, subscription };
}

/** The texts that a subscription gets. */
function recordTexts(topic: Topic<Message<string>>, options?: Omit<SubscribeOptions, 'acceptFormats'>): string[] {
  const seen: string[] = [];
  subscribe(topic, ({ data }) => seen.push(data), { ...options, accept: [Text] });
  return seen;
}

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

describe('messages', () => {
  test('message_type (M2): a message type has the name it was given, which may not be missing', () => {
    expect(isMessageType(Text)).toBe(true);
    expect(Text.name).toBe('text');
    for (const name of ['', undefined]) {
      expect(() => messageType(name as string)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
  });

  test('message (M1): a message has the type, the data, the time and the entity id that it was made with', () => {
    const before = Date.now();
    const data = { text: 'hello' };
    const message = messageType<{ text: string }>('note')(data);

    expect(isMessage(message)).toBe(true);
    expect([message.type.name, message.data, message.eid]).toEqual(['note', data, LOCAL_EID]);
    expect(message.data).toBe(data);
    expect(message.timestamp).toBeGreaterThanOrEqual(before);
    expect(message.timestamp).toBeLessThanOrEqual(Date.now());
  });

  test('no_to_json (M5): a message whose type has no such formatter has no JSON form of its own', () => {
    expect(format(Text('hello'), 'json')).toBeUndefined();
    expect(toJSON(Text('hello')).data).toBe('hello');
  });

  test('to_json (M5): a message has the JSON form that its type gives it', () => {
    const Formatted = messageType<string>('formatted', { formatters: { json: ({ data }) => ({ said: data }) } });

    expect(format(Formatted('hello'), 'json')).toEqual({ said: 'hello' });
    expect(toJSON(Formatted('hello')).data).toEqual({ said: 'hello' });
  });

  test('no_to_ami (M5): a message whose type has no such formatter has no AMI form', () => {
    const Formatted = messageType<string>('formatted', { formatters: { json: () => '' } });

    expect(format(Formatted('hello'), 'ami')).toBeUndefined();
  });

  test('to_ami (M5): a message has the AMI form that its type gives it', () => {
    const Formatted = messageType<string>('formatted', { formatters: { ami: ({ data }) => `Event: ${data}\r\n` } });

    expect(format(Formatted('Hello'), 'ami')).toBe('Event: Hello\r\n');
  });
});

describe('topics and subscriptions', () => {
  test('subscription_messages (S3, S4): a subscription is told of its own coming and going, first and last', async () => {
    const { seen, subscription } = record(createBus().topic('topic'));
    await subscription[Symbol.asyncDispose]();

    expect(seen).toEqual([`Subscribe ${subscription.id}`, `Unsubscribe ${subscription.id}`]);
    expect([subscription.isSubscribed, subscription.isDone]).toEqual([false, true]);
  });

  test('subscription_pool_messages (S9): so is one that shares its dispatcher with others', async () => {
    const drains: (() => void)[] = [];
    const bus = createBus({ dispatcher: (drain) => drains.push(drain) });
    const both = range(2).map(() => record(bus.topic('topic')));
    for (const { subscription } of both) subscription.unsubscribe();
    while (drains.length > 0) drains.shift()?.();

    const [one, other] = both.map(({ subscription }) => subscription.id) as [string, string];
    expect(both[0]?.seen).toEqual([`Subscribe ${one}`, `Subscribe ${other}`, `Unsubscribe ${one}`]);
    expect(both[1]?.seen).toEqual([`Subscribe ${other}`, `Unsubscribe ${one}`, `Unsubscribe ${other}`]);
  });

  test('publish (T2): a published message reaches the subscriber, the very same', async () => {
    const bus = createBus();
    const topic = bus.topic('topic');
    const seen: unknown[] = [];
    const subscription = subscribe(topic, (...args) => seen.push(...args), { accept: [Text] });
    const message = Text('hello');
    topic.publish(message);
    expect(seen).toEqual([]);
    await bus.settled();

    expect(seen).toHaveLength(3);
    expect([seen[0] === message, seen[1] === topic, seen[2] === subscription]).toEqual([true, true, true]);
  });

  test('publish_sync (T5): publishing synchronously waits until that subscription has handled the message', async () => {
    const topic = createBus().topic('topic');
    const gate = createGate();
    const steps: string[] = [];
    const handler = async ({ data }: Message<string>): Promise<void> => {
      await gate.opened;
      steps.push(`handled ${data}`);
    };
    const subscription = subscribe(topic, handler, { accept: [Text] });
    const published = subscription.publishSync(Text('hello')).then(() => steps.push('published'));
    await new Promise(setImmediate);
    expect(steps).toEqual([]);
    gate.open();
    await published;

    expect(steps).toEqual(['handled hello', 'published']);
  });

  test('publish_pool (S9): messages reach each of many subscriptions that share a dispatcher, in order', async () => {
    const bus = createBus({ dispatcher: (drain) => setImmediate(drain) });
    const topic = bus.topic<Message<string>>('topic');
    const seen = range(5).map(() => recordTexts(topic));
    for (const n of range(100)) topic.publish(Text(String(n)));
    await bus.settled();

    expect(seen).toEqual(range(5).map(() => range(100).map(String)));
  });

  test('unsubscribe_stops_messages (S4): nothing that is published later arrives', async () => {
    const bus = createBus();
    const topic = bus.topic('topic');
    const { seen, subscription } = record(topic, { accept: [Text] });
    subscription.unsubscribe();
    topic.publish(Text('too late'));
    await bus.settled();

    expect(seen).toEqual([]);
  });

  test("forward (F1, F2): a parent's subscriber gets the child's messages, and the child's not the parent's", async () => {
    const bus = createBus();
    const [parent, child] = [bus.topic<Message<string>>('parent'), bus.topic<Message<string>>('child')];
    const forward = forwardAll(child, parent);
    const seen = { parent: recordTexts(parent), child: recordTexts(child) };
    child.publish(Text('from the child'));
    parent.publish(Text('from the parent'));
    forward.cancel();
    child.publish(Text('not forwarded'));
    await bus.settled();

    expect(seen.parent).toEqual(['from the child', 'from the parent']);
    expect(seen.child).toEqual(['from the child', 'not forwarded']);
  });

  test('interleaving (F2): what is published in turn on two children reaches the parent in that turn', async () => {
    const bus = createBus();
    const parent = bus.topic<Message<string>>('parent');
    const children = ['one', 'other'].map((name) => bus.topic<Message<string>>(name));
    for (const child of children) forwardAll(child, parent);
    const seen = recordTexts(parent);
    for (const n of range(20)) children[n % 2]?.publish(Text(String(n)));
    await bus.settled();

    expect(seen).toEqual(range(20).map(String));
  });

  test('subscription_interleaving (F2, S9): and so for two parents, whatever the way of delivery', async () => {
    const bus = createBus();
    const parents = ['a', 'b'].map((name) => bus.topic<Message<string>>(name));
    const children = ['one', 'other'].map((name) => bus.topic<Message<string>>(name));
    for (const child of children) for (const parent of parents) forwardAll(child, parent);
    const seen = parents.flatMap((parent) =>
      (['queued', 'synchronous'] as const).map((delivery) => recordTexts(parent, { delivery })),
    );
    for (const n of range(20)) children[n % 2]?.publish(Text(String(n)));
    await bus.settled();

    expect(seen).toEqual(range(4).map(() => range(20).map(String)));
  });

  test('dtor_order (S4, S6): topic and subscription may end in either order', async () => {
    for (const order of [
      ['topic', 'subscription'],
      ['subscription', 'topic'],
    ]) {
      const bus = createBus();
      const topic = bus.topic('topic');
      const { seen, subscription } = record(topic);
      topic.publish(Text('queued'));
      for (const step of order) {
        if (step === 'topic') topic.complete();
        else subscription.unsubscribe();
      }
      await subscription.join();

      expect(seen).toEqual([`Subscribe ${subscription.id}`, 'queued', `Unsubscribe ${subscription.id}`]);
      expect(bus.topics()).toEqual([]);
    }
  });
});

describe('filters', () => {
  const Plain = messageType('plain');
  const Json = messageType('json', { formatters: { json: () => '' } });
  const Ami = messageType('ami', { formatters: { ami: () => '' } });
  const Both = messageType('both', { formatters: { json: () => '', ami: () => '' } });

  /** The names of the types that come through. */
  async function accepted(options: SubscribeOptions): Promise<string[]> {
    const bus = createBus();
    const topic = bus.topic('topic');
    const seen: string[] = [];
    subscribe(topic, (message: Message) => seen.push(message.type.name), options);
    for (const type of [Plain, Json, Ami, Both]) topic.publish(type());
    await bus.settled();
    return seen;
  }

  test('type_filters (S8): only messages of the accepted types come through', async () => {
    expect(await accepted({ accept: [Plain, Ami] })).toEqual(['plain', 'ami']);
    expect(await accepted({ accept: [] })).toEqual([]);
    expect(await accepted({})).toEqual([SubscriptionChange.name, 'plain', 'json', 'ami', 'both']);
  });

  test('formatter_filters (S8): only messages that have one of the accepted forms come through', async () => {
    expect(await accepted({ acceptFormats: ['json'] })).toEqual(['json', 'both']);
    expect(await accepted({ acceptFormats: ['json', 'ami'] })).toEqual(['json', 'ami', 'both']);
    expect(await accepted({ acceptFormats: ['event'] })).toEqual([]);
  });

  test('combo_filters (S8): with both, either suffices', async () => {
    expect(await accepted({ accept: [Plain], acceptFormats: ['ami'] })).toEqual(['plain', 'ami', 'both']);
    expect(await accepted({ accept: [Both], acceptFormats: ['ami'] })).toEqual(['ami', 'both']);
  });
});

describe('caches', () => {
  interface Entry {
    readonly id: string;
    readonly value: string;
  }
  const One = messageType<Entry>('one');
  const Other = messageType<Entry>('other');
  const entry = (type: MessageType<Entry>, id: string, value = '', eid?: string | null): Message<Entry> =>
    type({ id, value }, { eid });

  function caching(aggregate?: (all: AggregateEntry, changed: Message) => Message | undefined) {
    const bus = createBus();
    const topic = bus.topic('topic');
    const cache = createCache({
      id: (message) => (One.is(message) || Other.is(message) ? message.data.id : undefined),
      aggregate: aggregate && { compute: aggregate, publish: (watched, message) => watched.publish(message) },
    });
    const cached = createCachingTopic(topic, cache);
    const updates: CacheUpdateData[] = [];
    subscribe(cached.topic, ({ data }) => updates.push(data), { accept: [CacheUpdate] });
    return { bus, topic, cache, cached, updates };
  }

  test('cache_filter (C2): a message that cannot be cached is not passed through', async () => {
    const { bus, topic, cache, updates } = caching();
    topic.publish(Text('hello'));
    await bus.settled();

    expect([updates, cache.size]).toEqual([[], 0]);
  });

  test('cache (C1, C2, C4): snapshots come in updates with the one before, until they are cleared', async () => {
    const { bus, topic, cache, updates } = caching();
    const [one, two, newer] = [entry(One, '1'), entry(One, '2'), entry(One, '2', 'newer')];
    for (const message of [one, two, newer]) topic.publish(message);
    expect([cache.get(One, '1'), cache.get(One, '2')]).toEqual([one, newer]);
    topic.publish(CacheClear(one));
    await bus.settled();

    expect([cache.get(One, '1'), cache.get(One, '2')]).toEqual([undefined, newer]);
    expect(updates).toEqual([
      { type: One, oldSnapshot: null, newSnapshot: one },
      { type: One, oldSnapshot: null, newSnapshot: two },
      { type: One, oldSnapshot: two, newSnapshot: newer },
      { type: One, oldSnapshot: one, newSnapshot: null },
    ]);
  });

  test('cache_dump (C5, C7): a dump has the latest of each entry, of one type or of all, and nothing else', () => {
    const { topic, cache, cached } = caching();
    subscribe(topic, () => {}).unsubscribe();
    const [one, old, newer, other] = [entry(One, '1'), entry(One, '2'), entry(One, '2', 'newer'), entry(Other, '1')];
    for (const message of [one, old, newer, other]) topic.publish(message);
    expect(cache.dump()).toEqual([one, newer, other]);
    expect(cache.dump(One)).toEqual([one, newer]);
    expect(cache.dump(SubscriptionChange)).toEqual([]);

    cached.clear(one);
    expect(cache.dump(One)).toEqual([newer]);
    expect(cache.dump()).toEqual([newer, other]);
  });

  test('cache_eid_aggregate (C5, C6): entities have entries of their own, and one aggregate that follows them', async () => {
    const sum = ({ local, remotes }: AggregateEntry, changed: Message): Message => {
      const values = [local, ...remotes].map((message) => Number((message?.data as Entry | undefined)?.value ?? 0));
      return entry(One, (changed.data as Entry).id, String(values.reduce((a, b) => a + b)), null);
    };
    const { bus, topic, cache, cached, updates } = caching(sum);
    const published: Message[] = [];
    subscribe(topic, (message) => message.eid === null && published.push(message), { accept: [One] });
    const [here, there] = [entry(One, '1', '2'), entry(One, '1', '3', 'there')];
    const aggregates: (Message | undefined)[] = [];
    for (const step of [
      () => topic.publish(here),
      () => topic.publish(there),
      () => topic.publish(there),
      () => cached.clear(here),
      () => cached.clear(there),
    ]) {
      step();
      aggregates.push(cache.get(One, '1', null));
    }
    await bus.settled();

    const values = aggregates.map((aggregate) => (aggregate?.data as Entry | undefined)?.value);
    expect(values).toEqual(['2', '5', '5', '3', undefined]);
    const [first, second, , fourth] = aggregates;
    expect(published).toEqual([first, second, fourth]);
    expect(updates.map(({ oldSnapshot, newSnapshot }) => [oldSnapshot, newSnapshot])).toEqual([
      [null, here],
      [null, first],
      [null, there],
      [first, second],
      [there, there],
      [here, null],
      [second, fourth],
      [there, null],
      [fourth, null],
    ]);
  });

  test('caching_dtor_order (C2, S4): topic, caching topic and subscriber may end in every order', async () => {
    const steps = ['topic', 'cached', 'subscription'] as const;
    for (const order of steps.flatMap((first) => permutations(first, steps))) {
      const { bus, topic, cached } = caching();
      const { seen, subscription } = record(cached.topic, { accept: [SubscriptionChange] });
      const end = {
        topic: () => topic.complete(),
        cached: () => cached.unsubscribe(),
        subscription: () => subscription.unsubscribe(),
      };
      topic.publish(entry(One, '1'));
      for (const step of order) end[step]();
      await Promise.all([cached.join(), subscription.join(), bus.settled()]);

      expect(seen).toContain(`Unsubscribe ${subscription.id}`);
      expect(bus.topics()).toEqual([]);
      expect(bus.statistics().subscriptions).toEqual([]);
    }
  });

  function permutations<Step>(first: Step, steps: readonly Step[]): Step[][] {
    const [second, third] = steps.filter((step) => step !== first) as [Step, Step];
    return [
      [first, second, third],
      [first, third, second],
    ];
  }
});

describe('states', () => {
  const IDS = range(10).map(String);

  /** A manager of numbers, and what its observer, its subscribers and the subscriber to all of them get. */
  function numberStates() {
    const Value = messageType<number>('value');
    const bus = createBus();
    const states = createStateManager<Message<number>>(bus, 'values:all');
    const told = { subscribe: 0, unsubscribe: 0, publish: 0 };
    states.observe({
      subscribe: () => told.subscribe++,
      unsubscribe: () => told.unsubscribe++,
      publish: () => told.publish++,
    });
    const [all, own]: [number[], number[]] = [[], []];
    subscribe(states.topic, ({ data }) => all.push(data), { accept: [Value] });
    const subscribers = IDS.map((id) => states.subscribe(id, ({ data }) => own.push(data), { accept: [Value] }));
    return { Value, bus, states, told, all, own, subscribers };
  }

  test('implicit_publish (X1, X2): who publishes by id and entity is a publisher until it is removed', async () => {
    const { Value, bus, states, told, all, own, subscribers } = numberStates();
    for (const id of IDS) states.publish(id, Value(Number(id), { eid: `node-${id}` }));
    for (const subscriber of subscribers) subscriber.unsubscribe();
    expect(states.ids()).toEqual(IDS);
    for (const id of IDS) states.remove(id, `node-${id}`, Value(100, { eid: `node-${id}` }));
    await bus.settled();

    expect(states.ids()).toEqual([]);
    expect(own).toEqual(range(10));
    expect(all).toEqual([...range(10), ...range(10).map(() => 100)]);
    expect(told).toEqual({ subscribe: 10, unsubscribe: 10, publish: 20 });
  });

  test('explicit_publish (X1, X2): a handle publishes, and keeps its state until it lets go', async () => {
    const { Value, bus, states, told, all, own, subscribers } = numberStates();
    const publishers = IDS.map((id) => states.publisher(id));
    for (const publisher of publishers) publisher.publish(Value(Number(publisher.id)));
    expect(subscribers.map(({ data }) => data?.data)).toEqual(range(10));
    for (const subscriber of subscribers) subscriber.unsubscribe();
    expect(states.ids()).toEqual(IDS);
    for (const publisher of publishers) publisher.unsubscribe();
    await bus.settled();

    expect(states.ids()).toEqual([]);
    expect([own, all]).toEqual([range(10), range(10)]);
    expect(told).toEqual({ subscribe: 10, unsubscribe: 10, publish: 10 });
  });
});
