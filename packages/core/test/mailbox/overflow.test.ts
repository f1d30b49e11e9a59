import {
  createBus,
  forwardAll,
  messageType,
  subscribe,
  SubscriptionChange,
  type BusEvent,
  type CapacityOptions,
  type Message,
  type StasisError,
  type SubscribeOptions,
} from '../../src/index.js';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');
const policies = ['drop-oldest', 'drop-newest', 'refuse'] as const;

/** A subscription that takes three messages at the most, and is asked to take more. */
function boundedMailbox(options: CapacityOptions & Omit<SubscribeOptions, 'acceptFormats'> = {}) {
  const errors: StasisError[] = [];
  const events: BusEvent[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  bus.events$.subscribe((event) => events.push(event));
  const topic = bus.topic<Message<number>>('numbers');
  const seen: number[] = [];
  const subscription = subscribe(topic, ({ data }) => seen.push(data), { capacity: 3, ...options, accept: [Ping] });
  const publish = (from: number, upTo: number): boolean[] => {
    const answers: boolean[] = [];
    for (let n = from; n <= upTo; n++) answers.push(topic.publish(Ping(n)));
    return answers;
  };
  const dropped = (): number => bus.statistics().subscriptions.find(({ id }) => id === subscription.id)!.dropped;
  return { bus, topic, subscription, seen, errors, events, publish, dropped };
}

// Time stands still: on a busy machine a turn would be spent, and put off to a later task what a test waits for.
beforeEach(() => {
  jest.spyOn(performance, 'now').mockReturnValue(0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a bounded mailbox', () => {
  it.each([
    ['drop-oldest', [3, 4, 5], [true, true, true, true, true]],
    ['drop-newest', [1, 2, 3], [true, true, true, true, true]],
    ['refuse', [1, 2, 3], [true, true, true, false, false]],
    [undefined, [1, 2, 3], [true, true, true, false, false]],
  ] as const)('S10: with overflow %p handles %p of five', async (overflow, handled, answers) => {
    const { bus, subscription, seen, publish, dropped } = boundedMailbox({ overflow });

    expect(publish(1, 5)).toEqual(answers);
    expect(subscription.depth).toBe(3);
    expect(dropped()).toBe(2);
    await bus.settled();
    expect(seen).toEqual(handled);
  });

  it.each(policies)('S10: takes again what comes when it has room (%s)', async (overflow) => {
    const { bus, seen, publish, dropped } = boundedMailbox({ overflow });
    publish(1, 5);
    await bus.settled();
    expect(publish(6, 8)).toEqual([true, true, true]);
    await bus.settled();

    expect(seen.slice(3)).toEqual([6, 7, 8]);
    expect(dropped()).toBe(2);
  });

  it('S10: does not count the message that is being handled', async () => {
    const gate = createGate();
    const bus = createBus({ onError: () => {} });
    const topic = bus.topic<Message<number>>('numbers');
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): Promise<void> => {
      seen.push(data);
      return gate.opened;
    };
    subscribe(topic, handler, { accept: [Ping], capacity: 1, overflow: 'refuse' });
    topic.publish(Ping(1));
    await Promise.resolve();
    expect([topic.publish(Ping(2)), topic.publish(Ping(3))]).toEqual([true, false]);
    gate.open();
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it.each(policies)('S10: bounds this mailbox and no other (%s)', async (overflow) => {
    const { bus, topic, publish } = boundedMailbox({ overflow });
    const [others, observed]: [number[], number[]] = [[], []];
    subscribe(topic, ({ data }) => others.push(data), { accept: [Ping] });
    topic.subscribe(({ data }) => observed.push(data));
    publish(1, 5);
    await bus.settled();

    expect([others, observed]).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ]);
  });

  it.each(policies)('S2, S10: keeps messages with the topics they came from (%s)', async (overflow) => {
    const bus = createBus({ onError: () => {} });
    const [one, other, all] = [bus.topic('one'), bus.topic('other'), bus.topic('all')];
    for (const topic of [one, other]) forwardAll(topic, all);
    const seen: string[] = [];
    subscribe(all, ({ data }, { name }) => seen.push(`${name} ${data}`), { accept: [Ping], capacity: 3, overflow });
    for (let n = 1; n <= 6; n++) [all, one, other][n % 3]!.publish(Ping(n));
    await bus.settled();

    expect(seen).toEqual(overflow === 'drop-oldest' ? ['one 4', 'other 5', 'all 6'] : ['one 1', 'other 2', 'all 3']);
  });

  it.each(policies)(
    'S10: also behind the asynchronous handler of a synchronous subscription (%s)',
    async (overflow) => {
      const bus = createBus({ onError: () => {} });
      const topic = bus.topic<Message<number>>('numbers');
      const gate = createGate();
      const seen: number[] = [];
      subscribe(
        topic,
        ({ data }) => {
          seen.push(data);
          return gate.opened;
        },
        { accept: [Ping], delivery: 'synchronous', capacity: 2, overflow },
      );
      const answers = [1, 2, 3, 4].map((n) => topic.publish(Ping(n)));
      gate.open();
      await bus.settled();

      expect(answers).toEqual([true, true, true, overflow !== 'refuse']);
      expect(seen).toEqual(overflow === 'drop-oldest' ? [1, 3, 4] : [1, 2, 3]);
    },
  );

  it('S10: without a capacity nothing is ever dropped', async () => {
    const { bus, seen, publish, dropped } = boundedMailbox({ capacity: undefined });
    publish(1, 100_000);
    expect(dropped()).toBe(0);
    await bus.settled();

    expect(seen).toHaveLength(100_000);
  });

  it('S10: has its marks beside its bound: publish answers false above high water, whatever the policy', () => {
    for (const overflow of policies) {
      const { publish } = boundedMailbox({ overflow, highWater: 2 });
      expect(publish(1, 5)).toEqual([true, true, false, false, false]);
    }
  });

  it('S10: a message that a handler publishes into its own full mailbox is dropped like any other', async () => {
    const { bus, topic, dropped } = boundedMailbox();
    const seen: number[] = [];
    subscribe(
      topic,
      ({ data }) => {
        seen.push(data);
        if (data === 0) for (let n = 1; n <= 5; n++) topic.publish(Ping(n));
      },
      { accept: [Ping], capacity: 2, overflow: 'drop-oldest' },
    );
    topic.publish(Ping(0));
    await bus.settled();

    expect(seen).toEqual([0, 4, 5]);
    expect(dropped()).toBe(2);
  });
});

describe('what was dropped', () => {
  it.each(policies)('S10: is counted, each message (%s)', (overflow) => {
    const { publish, dropped, bus } = boundedMailbox({ overflow });
    publish(1, 1003);

    expect(dropped()).toBe(1000);
    expect(bus.statistics().subscriptions[0]).toMatchObject({ passed: 1003, dropped: 1000, depth: 3, maxDepth: 3 });
  });

  it.each(policies)('S10: is an event, each message (%s)', (overflow) => {
    const { publish, events, subscription } = boundedMailbox({ overflow });
    publish(1, 5);

    expect(events.filter(({ type }) => type === 'dropped')).toEqual(
      Array.from({ length: 2 }, () => ({ type: 'dropped', subscription: subscription.id, messageType: 'ping' })),
    );
  });

  it.each(policies)(
    'S10: is reported once for each overflow: until the mailbox has been empty (%s)',
    async (overflow) => {
      const { bus, publish, errors } = boundedMailbox({ overflow });
      publish(1, 5);
      publish(6, 9);
      expect(errors).toMatchObject([
        {
          code: 'OVERFLOW',
          message: `[core] the mailbox of subscription "numbers#1" is full: 3 messages wait (overflow: '${overflow}').`,
        },
      ]);

      await bus.settled();
      publish(1, 3);
      expect(errors).toHaveLength(1);
      publish(4, 9);
      expect(errors).toHaveLength(2);
    },
  );

  it.each([
    ['above', { highWater: 2, lowWater: 1 }],
    ['below', { highWater: 100, lowWater: 50 }],
  ])('S10: is not reported again while the mailbox stays full, its capacity being %s high water', async (_, marks) => {
    const gates = Array.from({ length: 10 }, createGate);
    const errors: StasisError[] = [];
    const bus = createBus();
    const topic = bus.topic<Message<number>>('numbers');
    subscribe(topic, ({ data }) => gates[data]?.opened, {
      ...marks,
      accept: [Ping],
      capacity: 4,
      overflow: 'drop-newest',
      onError: (error) => errors.push(error),
    });
    for (let n = 0; n < 10; n++) topic.publish(Ping(n));
    for (const gate of gates.slice(0, 3)) {
      gate.open();
      await new Promise(setImmediate);
      for (let n = 10; n < 15; n++) topic.publish(Ping(n));
    }

    expect(errors).toMatchObject([{ code: 'OVERFLOW' }]);
  });

  it("S10: is reported to the subscription's onError, else to the bus's", () => {
    const own: StasisError[] = [];
    const { errors, publish } = boundedMailbox({ onError: (error) => own.push(error) });
    publish(1, 5);

    expect([own.length, errors.length]).toEqual([1, 0]);
  });

  it('T3, T6: is told when the message stands in every mailbox; what the hook publishes comes after it', async () => {
    const bus = createBus({ onError: () => topic.publish(Ping(99)) });
    const topic = bus.topic<Message<number>>('numbers');
    const seen: number[][] = [[], []];
    subscribe(topic, () => {}, { accept: [Ping], capacity: 1 });
    subscribe(topic, ({ data }) => seen[0]!.push(data), { accept: [Ping] });
    subscribe(topic, ({ data }) => seen[1]!.push(data), { accept: [Ping], delivery: 'synchronous' });
    for (let n = 1; n <= 3; n++) topic.publish(Ping(n));
    await bus.settled();

    expect(seen).toEqual([
      [1, 2, 99, 3],
      [1, 2, 99, 3],
    ]);
  });
});

describe('a bounded mailbox and the end', () => {
  it.each(policies)('S4: never drops the final message (%s)', async (overflow) => {
    const { topic, subscription, publish } = boundedMailbox({ overflow });
    const seen: string[] = [];
    const other = subscribe(topic, (message) => seen.push(inWords(message)), { capacity: 1, overflow });
    publish(1, 5);
    other.unsubscribe();
    publish(6, 9);
    await other.join();

    expect(seen.at(-1)).toBe(`Unsubscribe ${other.id}`);
    expect(seen).toHaveLength(2);
    expect(other.isDone).toBe(true);
    subscription.unsubscribe();
    await subscription.join();
  });

  it.each(policies)(
    'S4: never drops it behind an asynchronous handler, with synchronous delivery (%s)',
    async (overflow) => {
      const { topic, publish } = boundedMailbox({ overflow });
      const gate = createGate();
      const seen: string[] = [];
      const handler = (message: Message): Promise<void> => {
        seen.push(inWords(message));
        return gate.opened;
      };
      const other = subscribe(topic, handler, {
        accept: [Ping, SubscriptionChange],
        capacity: 1,
        overflow,
        delivery: 'synchronous',
      });
      publish(1, 5);
      other.unsubscribe();
      gate.open();
      await other.join();

      expect(seen.at(-1)).toBe(`Unsubscribe ${other.id}`);
      expect(other.isDone).toBe(true);
    },
  );

  it.each(policies)('S4: ends with its topic and its bus (%s)', async (overflow) => {
    const { bus, topic, subscription, publish } = boundedMailbox({ overflow });
    publish(1, 5);
    topic.complete();
    await subscription.join();
    await bus.close();

    expect(subscription.isDone).toBe(true);
    expect(bus.statistics().subscriptions).toEqual([]);
  });

  it.each(policies)('S6: is joined, also while it is full (%s)', async (overflow) => {
    const gate = createGate();
    const bus = createBus({ onError: () => {} });
    const topic = bus.topic<Message<number>>('numbers');
    const subscription = subscribe(topic, () => gate.opened, { accept: [Ping], capacity: 1, overflow });
    topic.publish(Ping(0));
    await Promise.resolve();
    for (let n = 1; n < 5; n++) topic.publish(Ping(n));
    subscription.unsubscribe();
    const joined = subscription.join();
    gate.open();
    await joined;

    expect(subscription.isDone).toBe(true);
  });

  it.each(policies)('T5: publishSync resolves for each message, handled or dropped (%s)', async (overflow) => {
    const { subscription, seen } = boundedMailbox({ overflow });
    const settled: number[] = [];
    const all = [1, 2, 3, 4, 5].map(async (n) => {
      await subscription.publishSync(Ping(n));
      settled.push(n);
    });
    await Promise.all(all);

    expect(seen).toHaveLength(3);
    expect(settled.sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(policies)('T5: publishSync resolves also when others push its message out (%s)', async (overflow) => {
    const gate = createGate();
    const bus = createBus({ onError: () => {} });
    const topic = bus.topic<Message<number>>('numbers');
    const seen: number[] = [];
    const subscription = subscribe(
      topic,
      ({ data }) => {
        seen.push(data);
        return data === 0 ? gate.opened : undefined;
      },
      { accept: [Ping], capacity: 1, overflow },
    );
    topic.publish(Ping(0));
    await Promise.resolve();
    const synchronised = subscription.publishSync(Ping(1)).then(() => [...seen]);
    topic.publish(Ping(2));
    gate.open();

    expect(await synchronised).toContain(0);
    await bus.settled();
    expect(seen).toEqual([0, overflow === 'drop-oldest' ? 2 : 1]);
  });
});

describe('options that cannot work', () => {
  it.each([
    [{ capacity: 0 }, 'capacity to be an integer of at least 1, got 0 (number). Leave it out for no bound.'],
    [{ capacity: 1.5 }, 'capacity to be an integer of at least 1, got 1.5 (number). Leave it out for no bound.'],
    [
      { capacity: Infinity },
      'capacity to be an integer of at least 1, got Infinity (number). Leave it out for no bound.',
    ],
    [{ capacity: '3' }, 'capacity to be an integer of at least 1, got "3" (string). Leave it out for no bound.'],
    [
      { capacity: 3, overflow: 'drop' },
      `overflow to be 'drop-oldest' or 'drop-newest' or 'refuse', got "drop" (string).`,
    ],
    [{ overflow: 'refuse' }, 'capacity to be given with overflow, got undefined.'],
  ])('S10: %p is refused', (options, message) => {
    const topic = createBus().topic('numbers');

    expect(() => subscribe(topic, () => {}, options as SubscribeOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: `[core] subscribe(): expected ${message}` }),
    );
  });
});
