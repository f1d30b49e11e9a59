import {
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  messageType,
  subscribe,
  SubscriptionChange,
  type Bus,
  type MessageTypeStatistics,
  type Subscription,
  type SubscriptionStatistics,
  type Topic,
  type TopicStatistics,
} from '../../src/index.js';
import { timer } from 'rxjs';
import { createGate } from '../support/gate.js';
import { busOf } from '../../src/subscriptions/subscriptions-context.js';

const A = messageType<number>('a');
const B = messageType<number>('b');

const topicOf = (bus: Bus, { name }: { readonly name: string }): TopicStatistics =>
  bus.statistics().topics.find((topic) => topic.name === name)!;

const statisticsOf = (bus: Bus, { id }: Subscription): SubscriptionStatistics =>
  bus.statistics().subscriptions.find((subscription) => subscription.id === id)!;

const typeOf = (bus: Bus, { name }: { readonly name: string }): MessageTypeStatistics =>
  bus.statistics().messageTypes.find((type) => type.name === name)!;

/** `dispatched/notDispatched` of a topic. */
function dispatches(bus: Bus, topic: { readonly name: string }): string {
  const { dispatched, notDispatched } = topicOf(bus, topic);
  return `${dispatched}/${notDispatched}`;
}

/** `passed/filtered` of a subscription. */
function passes(bus: Bus, subscription: Subscription): string {
  const { passed, filtered } = statisticsOf(bus, subscription);
  return `${passed}/${filtered}`;
}

function publish(topic: Topic, count: number, type = A): void {
  for (let n = 0; n < count; n++) topic.publish(type(n));
}

/** Time stands still, but for what a test lets pass. */
function stopTheClock() {
  const clock = { now: 1000 };
  jest.spyOn(performance, 'now').mockImplementation(() => clock.now);
  return clock;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('statistics', () => {
  it('Z1: of a bus where nothing happened are empty', () => {
    expect(createBus().statistics()).toEqual({ topics: [], subscriptions: [], messageTypes: [] });
  });

  it('Z1: tell everything in plain JSON', async () => {
    const clock = stopTheClock();
    const bus = createBus({ highWater: 10 });
    const calls = bus.topic('calls', { detail: 'every call' });
    const subscription = subscribe(
      calls,
      ({ data }) => {
        clock.now += data;
      },
      { accept: [A], name: 'log' },
    );
    calls.publish(A(3));
    calls.publish(B(4));
    await bus.settled();
    calls.publish(A(5));
    const statistics = bus.statistics();

    expect(statistics).toEqual({
      topics: [
        {
          name: 'calls',
          detail: 'every call',
          subscribers: 1,
          dispatched: 2,
          notDispatched: 2,
          lowestDispatchMs: 0,
          highestDispatchMs: 0,
        },
      ],
      subscriptions: [
        {
          id: subscription.id,
          name: 'log',
          topic: 'calls',
          passed: 2,
          filtered: 2,
          dropped: 0,
          depth: 1,
          maxDepth: 1,
          highWater: 10,
          lowWater: 9,
          lowestInvokeMs: 3,
          highestInvokeMs: 3,
          slowestType: 'a',
        },
      ],
      messageTypes: [
        { name: 'stasis_subscription_change', published: 1, unused: 1 },
        { name: 'a', published: 2, unused: 0 },
        { name: 'b', published: 1, unused: 1 },
      ],
    });
    expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
  });

  it('Z1: are a snapshot', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {});
    const before = bus.statistics();
    const text = JSON.stringify(before);
    publish(calls, 3);
    bus.topic('others');

    expect(JSON.stringify(before)).toBe(text);
  });

  it('Z1: count the same however often they are read', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { accept: [A] });
    for (let n = 0; n < 100; n++) {
      calls.publish(n % 2 === 0 ? A(n) : B(n));
      bus.statistics();
    }

    expect(dispatches(bus, calls)).toBe('50/51');
    expect(passes(bus, subscription)).toBe('50/51');
  });

  it('Z1: leave nothing behind after 10,000 rounds of subscribing and unsubscribing', async () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    for (let round = 0; round < 10_000; round++) {
      const delivery = round % 2 === 0 ? 'synchronous' : 'queued';
      const subscription = subscribe(calls, () => {}, { accept: [A], delivery });
      calls.publish(A(round));
      subscription.unsubscribe();
    }
    await bus.settled();

    expect(bus.statistics()).toMatchObject({
      topics: [{ subscribers: 0, dispatched: 10_000, notDispatched: 20_000 }],
      subscriptions: [],
      messageTypes: [
        { name: 'stasis_subscription_change', published: 20_000, unused: 20_000 },
        { name: 'a', published: 10_000, unused: 0 },
      ],
    });
    expect(calls.audience.recipients).toEqual([]);
    expect([...busOf(calls).subscriptions]).toEqual([]);
  });
});

describe('a topic', () => {
  it('T4: may be published to without a subscriber, which is counted as unused', () => {
    const bus = createBus();
    const calls = bus.topic('calls');

    expect(calls.publish(A(1))).toBe(true);
    publish(calls, 2, B);
    expect(dispatches(bus, calls)).toBe('0/3');
    expect(typeOf(bus, A)).toEqual({ name: 'a', published: 1, unused: 1 });
    expect(typeOf(bus, B)).toEqual({ name: 'b', published: 2, unused: 2 });
  });

  it('T4: a message that every filter declines is unused', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {}, { accept: [B] });
    subscribe(calls, () => {}, { accept: [] });
    const before = topicOf(bus, calls).notDispatched;
    publish(calls, 3);

    expect(topicOf(bus, calls).notDispatched - before).toBe(3);
    expect(typeOf(bus, A)).toEqual({ name: 'a', published: 3, unused: 3 });
  });

  it.each<[string, (topic: Topic) => unknown]>([
    ['a subscription', (topic) => subscribe(topic, () => {}, { accept: [A] })],
    ['a synchronous subscription', (topic) => subscribe(topic, () => {}, { accept: [A], delivery: 'synchronous' })],
    ['a plain observer', (topic) => topic.subscribe()],
    ['a cache', (topic) => createCachingTopic(topic, createCache({ id: () => undefined }))],
    ['a loop', (topic) => topic[Symbol.asyncIterator]()],
  ])('Z1: has dispatched what reaches %s', (_, reach) => {
    const bus = createBus();
    const calls = bus.topic('calls');
    reach(calls);
    const before = topicOf(bus, calls).dispatched;
    publish(calls, 2);

    expect(topicOf(bus, calls).dispatched - before).toBe(2);
    expect(typeOf(bus, A).unused).toBe(0);
  });

  it('Z1: counts its subscriptions and plain observers, not those behind a forward', () => {
    const bus = createBus();
    const [child, parent] = [bus.topic('child'), bus.topic('parent')];
    forwardAll(child, parent);
    const subscription = subscribe(child, () => {});
    const observer = child.subscribe();
    subscribe(parent, () => {}, { delivery: 'synchronous' });
    expect([topicOf(bus, child).subscribers, topicOf(bus, parent).subscribers]).toEqual([2, 1]);

    subscription.unsubscribe();
    observer.unsubscribe();
    expect(topicOf(bus, child).subscribers).toBe(0);
  });

  it('Z1: counts what was published on it, wherever it was forwarded to', () => {
    const bus = createBus();
    const [child, parent, grandparent] = [bus.topic('child'), bus.topic('parent'), bus.topic('grandparent')];
    forwardAll(child, parent);
    forwardAll(parent, grandparent);
    const subscription = subscribe(grandparent, () => {}, { accept: [A] });
    const nearby = subscribe(child, () => {}, { accept: [B] });
    publish(child, 3);
    publish(parent, 2);
    publish(grandparent, 1);
    publish(parent, 1, B);

    expect([child, parent, grandparent].map((topic) => topicOf(bus, topic).dispatched)).toEqual([3, 2, 1]);
    expect(topicOf(bus, parent).notDispatched).toBe(1);
    expect(statisticsOf(bus, subscription).passed).toBe(6);
    expect(statisticsOf(bus, nearby).passed).toBe(0);
    expect(typeOf(bus, A)).toEqual({ name: 'a', published: 6, unused: 0 });
  });

  it('Z1: counts a message once that reaches a subscription by two paths', () => {
    const bus = createBus();
    const [from, left, right, to] = ['from', 'left', 'right', 'to'].map((name) => bus.topic(name)) as [
      Topic,
      Topic,
      Topic,
      Topic,
    ];
    for (const side of [left, right]) {
      forwardAll(from, side);
      forwardAll(side, to);
    }
    const subscription = subscribe(to, () => {}, { accept: [A] });
    publish(from, 2);

    expect(statisticsOf(bus, subscription).passed).toBe(2);
    expect(topicOf(bus, from).dispatched).toBe(2);
  });

  it('Z1, T1: leaves the statistics when it ends; what was published until then stays counted by type', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    calls.subscribe();
    publish(calls, 2);
    calls.complete();
    publish(calls, 3);

    expect(bus.statistics().topics).toEqual([]);
    expect(typeOf(bus, A)).toEqual({ name: 'a', published: 2, unused: 0 });
    bus.topic('calls');
    expect(dispatches(bus, calls)).toBe('0/0');
  });

  it('M6: has dispatched nothing of a declined type', () => {
    const bus = createBus({ declinedMessageTypes: ['a'] });
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { accept: [A, B] });
    const before = topicOf(bus, calls).notDispatched;
    publish(calls, 2);
    publish(calls, 1, B);

    expect(topicOf(bus, calls)).toMatchObject({ dispatched: 1, notDispatched: before + 2 });
    expect(typeOf(bus, A)).toEqual({ name: 'a', published: 2, unused: 2 });
    expect(statisticsOf(bus, subscription).passed).toBe(1);
  });

  it('M2: two message types of one name are counted apart', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    publish(calls, 1);
    publish(calls, 2, messageType<number>('a'));

    expect(bus.statistics().messageTypes.map(({ name, published }) => [name, published])).toEqual([
      ['a', 1],
      ['a', 2],
    ]);
  });

  it('Z1: counts publishes from inside handlers', async () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const again = ({ data }: { readonly data: number }): void => {
      if (data > 0) calls.publish(A(data - 1));
    };
    const subscriptions = [
      subscribe(calls, again, { accept: [A], delivery: 'synchronous' }),
      subscribe(calls, () => {}, { accept: [A] }),
    ];
    calls.publish(A(200));
    await bus.settled();

    expect(subscriptions.map((subscription) => statisticsOf(bus, subscription).passed)).toEqual([201, 201]);
    expect(topicOf(bus, calls).dispatched).toBe(201);
  });
});

describe('a subscription', () => {
  it('Z1: counts what passed its filter and what did not, its own announcement too', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const all = subscribe(calls, () => {});
    const some = subscribe(calls, () => {}, { accept: [A] });
    const none = subscribe(calls, () => {}, { accept: [] });
    publish(calls, 2);
    publish(calls, 3, B);

    expect([passes(bus, all), passes(bus, some), passes(bus, none)]).toEqual(['8/0', '2/5', '0/6']);
  });

  it('Z1: counts exactly also after its filter has changed', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { accept: [A, SubscriptionChange] });
    const both = (): void => {
      publish(calls, 1);
      publish(calls, 10, B);
    };
    both();
    expect(passes(bus, subscription)).toBe('2/10');
    subscription.accept(B);
    both();
    expect(passes(bus, subscription)).toBe('13/10');
    subscription.decline(A);
    both();
    subscription.acceptAll();
    both();
    subscription.acceptFormats('json');
    both();
    expect(passes(bus, subscription)).toBe('34/22');
  });

  it('Z1: counts exactly what is published while subscriptions, filters and forwards come and go', async () => {
    const bus = createBus();
    const topics = ['one', 'two', 'all'].map((name) => bus.topic(name));
    const forwards = topics.slice(0, 2).map((topic) => forwardAll(topic, topics[2]!));
    const subscription = subscribe(topics[2]!, () => {}, { accept: [A] });
    const expected = { passed: 0, filtered: statisticsOf(bus, subscription).filtered };
    for (let step = 0; step < 600; step++) {
      const topic = topics[step % 3]!;
      const type = step % 5 < 2 ? B : A;
      const isForwarded = topic === topics[2] || (topic === topics[1] && step < 300);
      const accepts = type === A || (step % 100 >= 50 && step % 100 < 75);
      if (step === 0) forwards[0]!.cancel();
      if (step === 300) forwards[1]!.cancel();
      if (step % 100 === 50) subscription.accept(B);
      if (step % 100 === 75) subscription.decline(B);
      if (step % 7 === 0) subscribe(topics[0]!, () => {}).unsubscribe();
      topic.publish(type(step));
      if (isForwarded) expected[accepts ? 'passed' : 'filtered']++;
      if (step % 150 === 0) bus.statistics();
    }
    await bus.settled();

    expect(statisticsOf(bus, subscription)).toMatchObject(expected);
  });

  it('Z1: counts nothing more once it has unsubscribed, and leaves when it is done', async () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const gate = createGate();
    const subscription = subscribe(calls, () => gate.opened, { accept: [A] });
    publish(calls, 2);
    subscription.unsubscribe();
    publish(calls, 3);
    expect(statisticsOf(bus, subscription)).toMatchObject({ passed: 2, depth: 3 });

    gate.open();
    await subscription.join();
    expect(bus.statistics().subscriptions).toEqual([]);
  });

  it('Z1: tells how many messages wait, and the most that ever did', async () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { accept: [A], highWater: 5, lowWater: 2 });
    expect(statisticsOf(bus, subscription)).toMatchObject({ depth: 0, maxDepth: 0, highWater: 5, lowWater: 2 });
    publish(calls, 7);
    expect(statisticsOf(bus, subscription)).toMatchObject({ depth: 7, maxDepth: 7 });
    await bus.settled();
    publish(calls, 3);

    expect(statisticsOf(bus, subscription)).toMatchObject({ depth: 3, maxDepth: 7 });
  });

  it('Z1: is called by its name, its handler, or its id', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const saveCall = (): void => {};
    subscribe(calls, saveCall);
    subscribe(calls, saveCall, { name: 'save' });
    const nameless = subscribe(calls, (() => () => {})());

    expect(bus.statistics().subscriptions.map(({ name }) => name)).toEqual(['saveCall', 'save', nameless.id]);
  });
});

describe('times', () => {
  it('Z1: are empty before the first message', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(bus.topic('others'), () => {}, { accept: [A] });

    expect(topicOf(bus, calls)).toMatchObject({ lowestDispatchMs: null, highestDispatchMs: null });
    expect(statisticsOf(bus, subscription)).toMatchObject({
      lowestInvokeMs: null,
      highestInvokeMs: null,
      slowestType: null,
    });
  });

  it('Z1: the lowest is that of the quickest message, and not 0', async () => {
    const clock = stopTheClock();
    const bus = createBus();
    const [calls, all] = [bus.topic('calls'), bus.topic('all')];
    forwardAll(calls, all); // announcements, which take no time, are made there
    subscribe(all, ({ data }) => void (clock.now += data), { accept: [A], delivery: 'synchronous' });
    const queued = subscribe(all, ({ data }) => void (clock.now += data), { accept: [A] });
    for (let n = 0; n < 129; n++) calls.publish(A([7, 5, 9][n / 64] ?? 1));
    await bus.settled();

    expect(topicOf(bus, calls)).toMatchObject({ lowestDispatchMs: 5, highestDispatchMs: 9 });
    expect(statisticsOf(bus, queued)).toMatchObject({ lowestInvokeMs: 5, highestInvokeMs: 9 });
  });

  it.each(['queued', 'synchronous'] as const)(
    'Z1: are those of the first and of every 64th message (%s)',
    async (delivery) => {
      const clock = stopTheClock();
      const bus = createBus();
      const calls = bus.topic('calls');
      let last = 0;
      const subscription = subscribe(
        calls,
        ({ data }) => {
          last = data;
          clock.now += data === 0 ? 2 : 50;
          if (data % 64 === 0 && data > 0) clock.now += data;
        },
        { accept: [A], delivery },
      );
      const highest: unknown[] = [];
      for (const upTo of [1, 64, 65, 128, 129]) {
        publishFrom(calls, highest.length === 0 ? 0 : last + 1, upTo);
        await bus.settled();
        highest.push(statisticsOf(bus, subscription).highestInvokeMs);
      }

      expect(highest).toEqual([2, 2, 114, 114, 178]);
      expect(statisticsOf(bus, subscription).lowestInvokeMs).toBe(2);
    },
  );

  it('Z1: reading the clock is rare', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {}, { accept: [A], delivery: 'synchronous' });
    calls.subscribe();
    calls.publish(A(0));
    const now = jest.spyOn(performance, 'now');
    publish(calls, 6400);

    expect(now.mock.calls.length).toBeLessThanOrEqual(400); // two a dispatch and two an invocation, of every 64th
    expect(now.mock.calls.length).toBeGreaterThanOrEqual(200);
  });

  it('Z1: between two queued messages the clock is read once', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0); // however busy the machine is
    const bus = createBus();
    const calls = bus.topic('calls');
    const seen: number[] = [];
    subscribe(calls, ({ data }) => seen.push(data), { accept: [A] });
    publishFrom(calls, 0, 6400);
    await bus.settled();
    publishFrom(calls, 6400, 12800);
    now.mockClear();
    await bus.settled();

    expect(seen.length).toBe(12800);
    expect(now.mock.calls.length).toBeLessThanOrEqual(220); // two an invocation, of every 64th, and a few when a burst begins
    expect(now.mock.calls.length).toBeGreaterThanOrEqual(200);
  });

  it.each<[string, (wait: Promise<void>) => unknown]>([
    ['a promise', (wait) => wait],
    ['a thenable', (wait) => ({ then: wait.then.bind(wait) })],
    ['a promise that rejects', (wait) => wait.then(() => Promise.reject(new Error('cannot')))],
  ])('Z1: include what an asynchronous handler awaits: %s', async (_, result) => {
    const clock = stopTheClock();
    const bus = createBus({ onError: () => {} });
    const calls = bus.topic('calls');
    const gate = createGate();
    const subscription = subscribe(calls, () => result(gate.opened), { accept: [A] });
    calls.publish(A(1));
    await Promise.resolve();
    expect(statisticsOf(bus, subscription).highestInvokeMs).toBeNull();

    clock.now += 40;
    gate.open();
    await bus.settled();
    expect(statisticsOf(bus, subscription)).toMatchObject({
      lowestInvokeMs: 40,
      highestInvokeMs: 40,
      slowestType: 'a',
    });
  });

  it('Z1: include what an Observable takes, also with synchronous delivery', async () => {
    jest.useFakeTimers();
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => timer(30), { accept: [A], delivery: 'synchronous' });
    calls.publish(A(1));
    jest.advanceTimersByTime(30);
    await bus.settled();
    jest.useRealTimers();

    expect(statisticsOf(bus, subscription)).toMatchObject({ lowestInvokeMs: 30, highestInvokeMs: 30 });
  });

  it.each(['queued', 'synchronous'] as const)('Z1: are taken of a handler that throws too (%s)', async (delivery) => {
    const clock = stopTheClock();
    const bus = createBus({ onError: () => {} });
    const calls = bus.topic('calls');
    const subscription = subscribe(
      calls,
      () => {
        clock.now += 3;
        throw new Error('cannot');
      },
      { accept: [A], delivery },
    );
    calls.publish(A(1));
    await bus.settled();

    expect(statisticsOf(bus, subscription).highestInvokeMs).toBe(3);
  });

  it('Z1: tell the type that took longest', async () => {
    const clock = stopTheClock();
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, ({ data }) => void (clock.now += data), { accept: [A, B] });
    const slowest: unknown[] = [];
    for (const message of [A(3), B(2), A(5), B(5), B(6)]) {
      calls.publish(message);
      publish(calls, 63);
      await bus.settled();
      slowest.push(statisticsOf(bus, subscription).slowestType);
    }

    expect(slowest).toEqual(['a', 'a', 'a', 'a', 'b']);
  });
});

function publishFrom(topic: Topic, from: number, upTo: number): void {
  for (let n = from; n < upTo; n++) topic.publish(A(n));
}

describe('a subscription that ends', () => {
  it('Z1: counts its final message as what it is: passed, or filtered', () => {
    const bus = createBus({ dispatcher: () => undefined });
    const calls = bus.topic('calls');
    const [all, some] = [subscribe(calls, () => undefined), subscribe(calls, () => undefined, { accept: [A] })];
    publish(calls, 1);
    for (const subscription of [all, some]) subscription.unsubscribe();

    // Of `all`: two that came, the message, its own end. Of `some`: its own coming, that of `all` leaving, its own end.
    expect(statisticsOf(bus, all)).toMatchObject({ passed: 4, filtered: 0, depth: 4, maxDepth: 4 });
    expect(statisticsOf(bus, some)).toMatchObject({ passed: 1, filtered: 3, depth: 2, maxDepth: 2 });
  });

  it('Z1: was never deeper than its deepest', () => {
    const bus = createBus({ dispatcher: () => undefined, onError: () => undefined });
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => undefined, { accept: [A], capacity: 2 });
    publish(calls, 5);
    subscription.unsubscribe();

    expect(statisticsOf(bus, subscription)).toMatchObject({ depth: 3, maxDepth: 3, dropped: 3 });
  });

  it('Z1: counts the announcements that pass it by, through every change of its filter', () => {
    const bus = createBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => undefined, { accept: [A] });
    const come = (): void => subscribe(calls, () => undefined).unsubscribe();
    come();
    subscription.accept(SubscriptionChange);
    come();
    subscription.decline(SubscriptionChange);
    come();

    expect(statisticsOf(bus, subscription)).toMatchObject({ passed: 2, filtered: 5 });
  });
});
