import {
  createBus,
  forwardAll,
  messageType,
  subscribe,
  type BusOptions,
  type Message,
  type StasisError,
  type Topic,
} from '../../src/index.js';
import { createGate } from '../support/gate.js';

const Ping = messageType<number>('ping');

function numbersTopic(options?: BusOptions) {
  const bus = createBus(options);
  const numbers = bus.topic<Message<number>>('numbers');
  const publish = (count: number): boolean[] => Array.from({ length: count }, (_, n) => numbers.publish(Ping(n)));
  return { bus, numbers, publish };
}

describe("publish's answer", () => {
  it('S10: is true without a subscriber, and with room in every mailbox', () => {
    const { numbers, publish } = numbersTopic();
    expect(publish(1000)).not.toContain(false);

    subscribe(numbers, () => undefined, { accept: [Ping] });
    expect(publish(500)).not.toContain(false);
  });

  it('S10: is false from the 501st waiting message on, unless told otherwise', () => {
    const { numbers, publish } = numbersTopic();
    subscribe(numbers, () => undefined, { accept: [Ping] });

    expect(publish(502).indexOf(false)).toBe(500);
  });

  it('S10: goes by the marks of the subscription', () => {
    const { numbers, publish } = numbersTopic();
    subscribe(numbers, () => undefined, { accept: [Ping], highWater: 2 });

    expect(publish(4)).toEqual([true, true, false, false]);
  });

  it('S10: goes by the marks of the bus, where the subscription has none', () => {
    const { numbers, publish } = numbersTopic({ highWater: 1 });
    subscribe(numbers, () => undefined, { accept: [Ping] });

    expect(publish(3)).toEqual([true, false, false]);
  });

  it('S10: is false when one mailbox of many is above', () => {
    const { numbers, publish } = numbersTopic();
    subscribe(numbers, () => undefined, { accept: [Ping], highWater: 1 });
    subscribe(numbers, () => undefined, { accept: [Ping] });

    expect(publish(2)).toEqual([true, false]);
  });

  it('S10: does not count the message that is being handled', async () => {
    const { numbers, publish } = numbersTopic();
    subscribe(numbers, () => new Promise(() => undefined), { accept: [Ping], highWater: 1 });
    publish(1);
    await Promise.resolve();

    expect(publish(2)).toEqual([true, false]);
  });

  it('S10: looks at mailboxes behind forwards', () => {
    const { bus, numbers, publish } = numbersTopic();
    const all = bus.topic('all');
    forwardAll(numbers, all);
    subscribe(all, () => undefined, { accept: [Ping], highWater: 1 });

    expect(publish(2)).toEqual([true, false]);
  });

  it('S10: looks at mailboxes that it fed only: not at those whose filter declines the message', () => {
    const { bus, numbers } = numbersTopic();
    const Other = messageType<number>('other');
    subscribe(numbers, () => undefined, { accept: [Ping], highWater: 1 });
    const others = bus.topic<Message<number>>('numbers');

    expect([others.publish(Ping(1)), others.publish(Ping(2)), others.publish(Other(3))]).toEqual([true, false, true]);
  });

  it('S10: is exact when given to a synchronous handler', () => {
    const { numbers } = numbersTopic();
    const answers: boolean[] = [];
    const publishThree = (message: Message<number>): void => {
      if (message.data === 0) for (let n = 1; n <= 3; n++) answers.push(numbers.publish(Ping(n)));
    };
    subscribe(numbers, publishThree, { accept: [Ping], delivery: 'synchronous' });
    subscribe(numbers, () => undefined, { accept: [Ping], highWater: 3 });

    numbers.publish(Ping(0));

    expect(answers).toEqual([true, true, false]);
  });

  it('S10: looks at the mailbox of a synchronous subscription, behind its asynchronous handler', () => {
    const { numbers, publish } = numbersTopic();
    subscribe(numbers, () => new Promise(() => undefined), { accept: [Ping], delivery: 'synchronous', highWater: 2 });

    expect(publish(5)).toEqual([true, true, true, false, false]);
  });
});

describe('drained', () => {
  it('S10: resolves at once where nothing waits', async () => {
    await expect(numbersTopic().numbers.drained()).resolves.toBeUndefined();
  });

  it('S10: resolves when the mailbox has fallen to its low-water mark', async () => {
    const { numbers, publish } = numbersTopic();
    const gates = Array.from({ length: 6 }, createGate);
    const subscription = subscribe(numbers, ({ data }) => gates[data]?.opened, {
      accept: [Ping],
      highWater: 4,
      lowWater: 2,
    });
    publish(6);
    const depths: number[] = [];
    const drained = numbers.drained().then(() => depths.push(subscription.depth));

    for (const gate of gates.slice(0, 3)) gate.open();
    await drained;

    expect(depths).toEqual([2]);
  });

  it('S10: falls to 90 % of high water, unless told otherwise', async () => {
    const { numbers, publish } = numbersTopic();
    const gates = Array.from({ length: 12 }, createGate);
    const subscription = subscribe(numbers, ({ data }) => gates[data]?.opened, { accept: [Ping], highWater: 10 });
    publish(12);
    const drained = numbers.drained();

    for (const gate of gates.slice(0, 2)) gate.open();
    await drained;

    expect(subscription.depth).toBe(9);
  });

  it('S10: waits for every mailbox that the topic feeds, through forwards too', async () => {
    const { bus, numbers, publish } = numbersTopic();
    const all = bus.topic<Message<number>>('all');
    forwardAll(numbers, all);
    const [near, far] = [createGate(), createGate()];
    const marks = { accept: [Ping], highWater: 1, lowWater: 0 } as const;
    const steps: string[] = [];
    subscribe(numbers, ({ data }) => (data === 0 ? near.opened : undefined), marks);
    subscribe(all, ({ data }) => (data === 0 ? far.opened : undefined), {
      ...marks,
      onFinal: () => steps.push('far ended'),
    });
    publish(3);
    const drained = numbers.drained().then(() => steps.push('drained'));

    near.open();
    await bus.topic('others').drained();
    expect(steps).toEqual([]);
    far.open();
    await drained;

    expect(steps).toEqual(['drained']);
  });

  it('S10: waits while mailboxes rise again', async () => {
    const { numbers } = numbersTopic();
    const seen: number[] = [];
    const refill = (message: Message<number>): void => {
      seen.push(message.data);
      if (message.data < 5) for (let n = 1; n <= 2; n++) numbers.publish(Ping(message.data + 1));
    };
    const subscription = subscribe(numbers, refill, { accept: [Ping], highWater: 2, lowWater: 1 });
    numbers.publish(Ping(0));
    numbers.publish(Ping(5));

    await numbers.drained();

    expect(subscription.depth).toBeLessThanOrEqual(1);
  });

  it('S10: lets a publisher go at the pace of a slow handler, losing nothing', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    let deepest = 0;
    const slow = async ({ data }: Message<number>): Promise<void> => {
      await Promise.resolve();
      seen.push(data);
    };
    const subscription = subscribe(numbers, slow, { accept: [Ping], highWater: 10 });

    for (let n = 0; n < 1000; n++) {
      if (!numbers.publish(Ping(n))) await numbers.drained();
      deepest = Math.max(deepest, subscription.depth);
    }
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(deepest).toBeLessThanOrEqual(11);
  });

  it('S10: settles when the congested subscription ends', async () => {
    const { numbers, publish } = numbersTopic();
    const gate = createGate();
    const subscription = subscribe(numbers, () => gate.opened, { accept: [Ping], highWater: 1 });
    publish(3);
    const drained = numbers.drained();

    subscription.unsubscribe();
    gate.open();

    await expect(drained).resolves.toBeUndefined();
  });
});

describe('a publisher that waits until it has room', () => {
  const policies = (['drop-oldest', 'drop-newest', 'refuse'] as const).flatMap((overflow) =>
    [1, 2, 3, 450, 600].map((capacity) => ({ capacity, overflow })),
  );

  it.each([...policies, {}, { highWater: 1, lowWater: 0 }, { highWater: 3, lowWater: 3, capacity: 3 }])(
    'S10: goes on with each message, and waits at most once for it: %p',
    async (options) => {
      const { bus, numbers } = numbersTopic({ onError: () => undefined }); // an overflow is one
      const seen = new Set<number>();
      subscribe(numbers, async ({ data }) => void seen.add(await Promise.resolve(data)), {
        accept: [Ping],
        ...options,
      });
      let most = 0;

      for (let n = 0; n < 1500; n++) {
        let waits = 0;
        while (!numbers.publish(Ping(n)) && waits < 10) {
          waits++;
          await numbers.drained();
        }
        most = Math.max(most, waits);
      }
      await bus.settled();

      expect(most).toBeLessThanOrEqual(1);
      if (!('overflow' in options) || options.overflow === 'refuse') expect(seen.size).toBe(1500);
    },
  );
});

describe('drained, inside a handler of the same topic', () => {
  async function drainInside(handler: (topic: Topic<Message<number>>) => unknown) {
    const errors: unknown[] = [];
    const bus = createBus({ onError: ({ cause }) => errors.push((cause as StasisError).code), highWater: 2 });
    const numbers = bus.topic<Message<number>>('numbers');
    const fill = ({ data }: Message<number>): unknown => {
      if (data !== 0) return undefined;
      for (let n = 1; n <= 5; n++) numbers.publish(Ping(n));
      return handler(numbers);
    };
    subscribe(numbers, fill, { accept: [Ping] });
    numbers.publish(Ping(0));
    await bus.settled();
    await new Promise((resolve) => setImmediate(resolve));
    return errors;
  }

  it('S10: rejects when the handler waits for it, and says why', async () => {
    const errors = await drainInside(async (numbers) => {
      await numbers.drained();
    });

    expect(errors).toEqual(['WAITS_FOR_ITSELF']);
  });

  it('S10: resolves when the handler does not wait', async () => {
    const onDrained = jest.fn();
    const errors = await drainInside((numbers) => {
      void numbers.drained().then(onDrained);
    });

    expect(errors).toEqual([]);
    expect(onDrained).toHaveBeenCalledTimes(1);
  });

  it('S10: resolves when it is another mailbox that is crowded', async () => {
    const bus = createBus({ highWater: 2 });
    const [numbers, others] = ['numbers', 'others'].map((name) => bus.topic<Message<number>>(name)) as [
      Topic<Message<number>>,
      Topic<Message<number>>,
    ];
    subscribe(others, () => undefined, { accept: [Ping] });
    const onDrained = jest.fn();
    const handler = async (): Promise<void> => {
      for (let n = 1; n <= 5; n++) others.publish(Ping(n));
      await others.drained();
      onDrained();
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(0));
    await bus.settled();

    expect(onDrained).toHaveBeenCalledTimes(1);
  });
});

describe('drained, where it is not the handler that waits', () => {
  it('S10: rejects also when the own mailbox gets crowded only while it waits for another one', async () => {
    const errors: unknown[] = [];
    const bus = createBus({ onError: ({ cause }) => errors.push((cause as StasisError).code) });
    const numbers = bus.topic<Message<number>>('numbers');
    const gate = createGate();
    subscribe(numbers, () => gate.opened, { accept: [Ping], highWater: 1, lowWater: 0 });
    const waiting = async ({ data }: Message<number>): Promise<void> => {
      if (data === 1) await numbers.drained();
    };
    subscribe(numbers, waiting, { accept: [Ping], highWater: 3 });
    numbers.publish(Ping(1));
    numbers.publish(Ping(0));
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 6; n++) numbers.publish(Ping(9));

    gate.open();
    await bus.settled();

    expect(errors).toEqual(['WAITS_FOR_ITSELF']);
  });

  it('S10: resolves for what an asynchronous handler has begun and does not wait for', async () => {
    const errors: unknown[] = [];
    const bus = createBus({ onError: (error) => errors.push(error), highWater: 2 });
    const numbers = bus.topic<Message<number>>('numbers');
    const onDrained = jest.fn();
    const pump = async (): Promise<void> => {
      for (let n = 1; n <= 5; n++) numbers.publish(Ping(n));
      await numbers.drained();
      onDrained();
    };
    const handler = async ({ data }: Message<number>): Promise<void> => {
      if (data === 0) void pump();
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(0));
    await bus.settled();
    await new Promise((resolve) => setImmediate(resolve));

    expect([errors, onDrained.mock.calls.length]).toEqual([[], 1]);
  });

  it('S10: resolves for the synchronous handler of another topic, on the stack of one of this', async () => {
    const errors: unknown[] = [];
    const bus = createBus({ onError: (error) => errors.push(error), highWater: 2 });
    const [numbers, others] = [bus.topic<Message<number>>('numbers'), bus.topic<Message<number>>('others')];
    const onDrained = jest.fn();
    const wait = async (): Promise<void> => {
      await numbers.drained();
      onDrained();
    };
    subscribe(others, wait, { accept: [Ping], delivery: 'synchronous' });
    const handler = async ({ data }: Message<number>): Promise<void> => {
      if (data !== 0) return;
      for (let n = 1; n <= 5; n++) numbers.publish(Ping(n));
      others.publish(Ping(0));
      for (let n = 0; n < 20; n++) await Promise.resolve();
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(0));
    await bus.settled();

    expect([errors, onDrained.mock.calls.length]).toEqual([[], 1]);
  });
});
