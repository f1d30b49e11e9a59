import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  messageType,
  subscribe,
  type BusOptions,
  type Congestion,
  type Message,
  type SubscribeOptions,
  type Subscription,
} from '../../src/index.js';
import { createGate } from '../support/gate.js';

const Ping = messageType<number>('ping');

/** A topic, and a subscription whose handler waits for a gate at each message. */
function slowSubscription(options: Omit<SubscribeOptions, 'accept' | 'acceptFormats'> = {}, busOptions?: BusOptions) {
  const bus = createBus(busOptions);
  const topic = bus.topic<Message<number>>('numbers');
  const gates = Array.from({ length: 100 }, createGate);
  const subscription = subscribe(topic, ({ data }) => gates[data]?.opened, { ...options, accept: [Ping] });
  let next = 0;
  let opened = 0;
  return {
    bus,
    topic,
    subscription,
    alerts: record(subscription),
    publish(count: number): boolean[] {
      return Array.from({ length: count }, () => topic.publish(Ping(next++)));
    },
    /** Has so many messages handled. */
    async handle(count: number): Promise<void> {
      for (let n = 0; n < count; n++) gates[opened++]?.open();
      await new Promise(setImmediate);
    },
  };
}

/** The alerts of a subscription: `high 3`. */
function record({ congestion$ }: Subscription): string[] {
  const alerts: string[] = [];
  congestion$.subscribe({
    next: ({ state, depth }: Congestion) => alerts.push(`${state} ${depth}`),
    complete: () => alerts.push('complete'),
  });
  return alerts;
}

// Time stands still: on a busy machine a turn would be spent, and put off to a later task what a test waits for.
beforeEach(() => {
  jest.spyOn(performance, 'now').mockReturnValue(0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('alerts', () => {
  it('S10: one when the mailbox rises above high water, one when it has fallen to low water', async () => {
    const { alerts, publish, handle } = slowSubscription({ highWater: 4, lowWater: 2 });
    publish(4);
    expect(alerts).toEqual([]);
    publish(3);
    expect(alerts).toEqual(['high 5']);

    await handle(4); // the fifth is being handled by then, two wait
    expect(alerts).toEqual(['high 5', 'clear 2']);
    await handle(3);
    expect(alerts).toEqual(['high 5', 'clear 2']);
  });

  it('S10: once for each crossing', async () => {
    const { alerts, publish, handle } = slowSubscription({ highWater: 2, lowWater: 0 });
    for (let round = 0; round < 3; round++) {
      publish(4);
      await handle(4);
    }

    expect(alerts).toEqual(Array.from({ length: 3 }, () => ['high 3', 'clear 0']).flat());
  });

  it('S10: none while the depth moves between the marks', async () => {
    const { alerts, publish, handle, subscription } = slowSubscription({ highWater: 4, lowWater: 1 });
    publish(5);
    for (let n = 0; n < 10; n++) {
      await handle(2);
      publish(2);
    }
    expect(subscription.depth).toBeGreaterThan(1);

    expect(alerts).toEqual(['high 5']);
  });

  it('S10: by the default marks at 501 waiting messages, and at 450', async () => {
    const bus = createBus();
    const topic = bus.topic<Message<number>>('numbers');
    const alerts = record(subscribe(topic, () => {}, { accept: [Ping] }));
    for (let n = 0; n < 600; n++) topic.publish(Ping(n));
    await bus.settled();

    expect(alerts).toEqual(['high 501', 'clear 450']);
  });

  it("S10: by the bus's marks, where the subscription has none of its own", async () => {
    const marks = { highWater: 3, lowWater: 1 };
    const [own, inherited] = [slowSubscription({ highWater: 2 }, marks), slowSubscription({}, marks)];
    for (const { publish, handle } of [own, inherited]) {
      publish(5);
      await handle(4);
    }

    expect([own.alerts, inherited.alerts]).toEqual([
      ['high 3', 'clear 1'],
      ['high 4', 'clear 1'],
    ]);
  });

  it('S10: for each subscription by itself, behind forwards too', () => {
    const { bus, topic, alerts, publish } = slowSubscription({ highWater: 3 });
    const all = bus.topic('all');
    forwardAll(topic, all);
    const far = record(subscribe(all, () => {}, { accept: [Ping], highWater: 1 }));
    const none = record(subscribe(topic, () => {}, { accept: [], highWater: 1 }));
    publish(4);

    expect([alerts, far, none]).toEqual([['high 4'], ['high 2'], []]);
  });

  it('S10: also behind the asynchronous handler of a synchronous subscription', async () => {
    const { alerts, publish, handle } = slowSubscription({ delivery: 'synchronous', highWater: 2, lowWater: 1 });
    publish(4);
    await handle(2);

    expect(alerts).toEqual(['high 3', 'clear 1']);
  });

  it('S10: reach every observer from when it comes, and none that left', () => {
    const { subscription, alerts, publish } = slowSubscription({ highWater: 1 });
    const [early, late]: [string[], string[]] = [[], []];
    const watching = subscription.congestion$.subscribe(({ state }) => early.push(state));
    watching.unsubscribe();
    publish(2);
    subscription.congestion$.subscribe(({ state }) => late.push(state));

    expect([alerts, early, late]).toEqual([['high 2'], [], []]);
  });

  it('S10: complete with the subscription, at once for who comes later', async () => {
    const { subscription, alerts, publish, handle } = slowSubscription({ highWater: 1, lowWater: 0 });
    publish(3);
    subscription.unsubscribe();
    expect(alerts).toEqual(['high 2']);
    await handle(3);
    await subscription.join();

    expect(alerts).toEqual(['high 2', 'clear 0', 'complete']);
    expect(record(subscription)).toEqual(['complete']);
  });

  it('S10: complete at once also where nobody looked before the end', async () => {
    const subscription = subscribe(createBus().topic('numbers'), () => {});
    await subscription[Symbol.asyncDispose]();

    expect(record(subscription)).toEqual(['complete']);
  });
});

describe('what an alert may bring about', () => {
  it('S10: it comes when the message stands in every mailbox, before publish returns', () => {
    const { topic, subscription } = slowSubscription({ highWater: 1 });
    const others = [subscribe(topic, () => {}, { accept: [Ping] }), subscribe(topic, () => {}, { accept: [Ping] })];
    const depths: number[][] = [];
    subscription.congestion$.subscribe(() => depths.push(others.map(({ depth }) => depth)));
    topic.publish(Ping(0));
    topic.publish(Ping(1));

    expect(depths).toEqual([[2, 2]]);
  });

  it('T3, S10: what it publishes comes after the message that raised it, for everybody', async () => {
    const { topic, subscription, publish, handle } = slowSubscription({ highWater: 1 });
    const seen: number[][] = [[], [], []];
    subscribe(topic, ({ data }) => seen[0]!.push(data), { accept: [Ping] });
    subscribe(topic, ({ data }) => seen[1]!.push(data), { accept: [Ping], delivery: 'synchronous' });
    topic.subscribe(({ data }) => seen[2]!.push(data));
    subscription.congestion$.subscribe(({ state }) => state === 'high' && topic.publish(Ping(99)));
    publish(3);
    await handle(3);

    expect(seen).toEqual([
      [0, 1, 99, 2],
      [0, 1, 99, 2],
      [0, 1, 99, 2],
    ]);
  });

  it('S10: it may end the subscription', async () => {
    const { subscription, alerts, publish, handle } = slowSubscription({ highWater: 1 });
    subscription.congestion$.subscribe(() => subscription.unsubscribe());
    expect(publish(4)).toEqual([true, false, true, true]);
    expect(subscription.depth).toBe(3); // two that wait, and the final message
    await handle(2);
    await subscription.join();

    expect(alerts).toEqual(['high 2', 'clear 0', 'complete']);
  });

  it('T6: an observer of it that throws keeps nobody from anything', () => {
    jest.useFakeTimers();
    try {
      const { subscription, publish } = slowSubscription({ highWater: 1 });
      subscription.congestion$.subscribe(() => {
        throw new Error('cannot');
      });
      const alerts = record(subscription);

      expect(publish(3)).toEqual([true, false, false]);
      expect(alerts).toEqual(['high 2']);
      expect(() => jest.runAllTimers()).toThrow('cannot'); // where RxJS reports an unhandled error
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('drained', () => {
  it('S10: resolves with the alert that the mailbox is clear', async () => {
    const { topic, publish, handle, subscription } = slowSubscription({ highWater: 3, lowWater: 1 });
    publish(5);
    const depths: number[] = [];
    const drained = topic.drained().then(() => depths.push(subscription.depth));
    await handle(2);
    expect(depths).toEqual([]);
    await handle(2);
    await drained;

    expect(depths).toEqual([0]);
  });

  it('S10: waits for a bounded mailbox to be low, not for room', async () => {
    const { topic, publish, handle } = slowSubscription({
      highWater: 2,
      lowWater: 0,
      capacity: 3,
      onError: () => {},
    });
    publish(9);
    let isDrained = false;
    const drained = topic.drained().then(() => (isDrained = true));
    await handle(1);
    expect(isDrained).toBe(false);
    await handle(3);
    await drained;

    expect(isDrained).toBe(true);
  });
});

describe('congestion behind a caching topic', () => {
  function cachedNumbers() {
    const bus = createBus();
    const topic = bus.topic<Message<number>>('numbers');
    const cached = createCachingTopic(topic, createCache({ id: ({ data }) => data as number }));
    const gate = createGate();
    const marks = { accept: [CacheUpdate], highWater: 2, lowWater: 0 };
    const subscription = subscribe(cached.topic, () => gate.opened, marks);
    return { bus, topic, cached, gate, subscription, alerts: record(subscription) };
  }

  it('S10, C3: publish answers for the mailboxes that the updates feed', () => {
    const { topic, alerts } = cachedNumbers();

    expect([1, 2, 3, 4].map((n) => topic.publish(Ping(n)))).toEqual([true, true, false, false]);
    expect(alerts).toEqual(['high 3']);
  });

  it('S10, C3: publish answers true where nothing is told: no snapshot, nothing to clear, an equal aggregate', () => {
    const topic = createBus().topic('numbers');
    const cached = createCachingTopic(
      topic,
      createCache({
        id: ({ data }) => (data === 0 ? undefined : 'id'),
        aggregate: { compute: () => Ping(1, { eid: null }) },
      }),
    );
    subscribe(cached.topic, () => {}, { accept: [CacheUpdate], highWater: 3 });
    const messages = [Ping(0), Ping(1, { eid: null }), CacheClear(Ping(1)), CacheClear(undefined as never)];
    expect(messages.map((message) => topic.publish(message))).toEqual([true, true, true, true]);

    // An update of the snapshot and one of the aggregate, then of the snapshot alone.
    expect([1, 2, 3].map((n) => topic.publish(Ping(n)))).toEqual([true, true, false]);
  });

  it('S10, C6: publish answers for the update of an aggregate too', () => {
    const topic = createBus().topic('numbers');
    const compute = (_: unknown, changed: Message): Message => Ping(changed.data as number, { eid: null });
    const cached = createCachingTopic(topic, createCache({ id: () => 'id', aggregate: { compute } }));
    subscribe(cached.topic, () => {}, { accept: [CacheUpdate], highWater: 1 });

    expect(topic.publish(Ping(1))).toBe(false);
  });

  it('S10, C3: a topic is drained when they are', async () => {
    const { topic, gate, subscription, alerts } = cachedNumbers();
    for (let n = 1; n <= 4; n++) topic.publish(Ping(n));
    const depths: number[] = [];
    const drained = topic.drained().then(() => depths.push(subscription.depth));
    await new Promise(setImmediate);
    expect(depths).toEqual([]);
    gate.open();
    await drained;

    expect(depths).toEqual([0]);
    expect(alerts).toEqual(['high 3', 'clear 0']);
  });

  it('S10, C3: also behind a caching topic of a caching topic, and a forward of that', async () => {
    const { bus, topic, cached, gate } = cachedNumbers();
    const second = createCachingTopic(cached.topic, createCache({ id: () => 'last' }));
    const all = bus.topic('all');
    forwardAll(second.topic, all);
    const far = subscribe(all, () => gate.opened, { accept: [CacheUpdate], highWater: 1, lowWater: 0 });
    topic.publish(Ping(1));
    topic.publish(Ping(2));
    let isDrained = false;
    const drained = topic.drained().then(() => (isDrained = true));
    await Promise.resolve();
    expect([far.depth > 0, isDrained]).toEqual([true, false]);
    gate.open();
    await drained;

    expect(far.depth).toBe(0);
  });
});
