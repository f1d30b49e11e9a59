import { createBus, forwardAll, messageType, subscribe, type Message, type Topic } from '../../src/index.js';
import { inWords } from '../support/in-words.js';
import { stackDepth } from '../support/stack-depth.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;
type Trampoline = (typeof bothDeliveries)[number];

function numbersTopic() {
  const bus = createBus({ onError: () => undefined });
  return { bus, numbers: bus.topic<Message<number>>('numbers') };
}

/** The numbers that a new subscription to the topic handles. */
function record(topic: Topic<Message<number>>, delivery: Trampoline): number[] {
  const seen: number[] = [];
  subscribe(topic, (message) => seen.push(message.data), { accept: [Ping], delivery });
  return seen;
}

/** Subscribes a handler that publishes 2 and 3 while it handles 1. */
function publishNested(topic: Topic<Message<number>>, delivery: Trampoline, target = topic): void {
  const handler = (message: Message<number>): void => {
    if (message.data !== 1) return;
    target.publish(Ping(2));
    target.publish(Ping(3));
  };
  subscribe(topic, handler, { accept: [Ping], delivery });
}

describe('the order of publishing', () => {
  it('T3: is the order in which every subscriber sees messages, whatever its delivery', async () => {
    const { bus, numbers } = numbersTopic();
    const observed: number[] = [];
    const all = [record(numbers, 'queued'), record(numbers, 'synchronous'), observed];
    numbers.subscribe(({ data }) => observed.push(data));

    for (const n of [1, 2, 3]) numbers.publish(Ping(n));
    await bus.settled();

    expect(all).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it.each(bothDeliveries)('T3: holds for what is published from inside a handler (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const observed: number[] = [];
    const before = [record(numbers, 'queued'), record(numbers, 'synchronous')];
    publishNested(numbers, delivery);
    const after = [record(numbers, 'queued'), record(numbers, 'synchronous'), observed];
    numbers.subscribe(({ data }) => observed.push(data));

    numbers.publish(Ping(1));
    await bus.settled();

    for (const seen of [...before, ...after]) expect(seen).toEqual([1, 2, 3]);
  });

  it('T3: holds for what is published from inside a plain observer', () => {
    const { numbers } = numbersTopic();
    const [first, last]: [number[], number[]] = [[], []];
    numbers.subscribe(({ data }) => {
      first.push(data);
      if (data === 1) numbers.next(Ping(2));
    });
    numbers.subscribe(({ data }) => last.push(data));

    numbers.next(Ping(1));

    expect([first, last]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it.each(bothDeliveries)('T3: holds across forwards, published below, between and above (%s)', async (delivery) => {
    const { bus, numbers: child } = numbersTopic();
    const parent = bus.topic<Message<number>>('parent');
    forwardAll(child, parent);
    const observed: number[] = [];
    parent.subscribe(({ data }) => observed.push(data));
    publishNested(child, delivery, parent);
    publishNested(parent, delivery, child);
    const seen = [record(parent, 'queued'), record(parent, 'synchronous'), observed];

    child.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([
      [1, 2, 3, 2, 3],
      [1, 2, 3, 2, 3],
      [1, 2, 3, 2, 3],
    ]);
  });

  it.each(bothDeliveries)('T3: is one for the whole bus (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const letters = bus.topic<Message<number>>('letters');
    const seen: string[] = [];
    const write = (message: Message, topic: Topic) => seen.push(`${topic.name} ${inWords(message)}`);
    publishNested(numbers, delivery, letters);
    subscribe(letters, write, { accept: [Ping], delivery });
    subscribe(numbers, write, { accept: [Ping], delivery });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen.filter((line) => line.startsWith('letters'))).toEqual(['letters 2', 'letters 3']);
    if (delivery === 'synchronous') expect(seen).toEqual(['numbers 1', 'letters 2', 'letters 3']);
  });

  it('T3: is kept by a handler that publishes after it awaited something', async () => {
    const { bus, numbers } = numbersTopic();
    const seen = record(numbers, 'synchronous');
    const later = async (message: Message<number>): Promise<void> => {
      await Promise.resolve();
      if (message.data === 1) numbers.publish(Ping(3));
    };
    subscribe(numbers, later, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([1, 2, 3]);
  });

  it('T3: places comings and goings among the messages', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const comeAndGo = (message: Message<number>): void => {
      if (message.data !== 1) return;
      numbers.publish(Ping(2));
      const visitor = subscribe(numbers, () => undefined);
      numbers.publish(Ping(3));
      visitor.unsubscribe();
    };
    subscribe(numbers, comeAndGo, { accept: [Ping], delivery: 'synchronous' });
    subscribe(numbers, (message) => seen.push(inWords(message)), { delivery: 'synchronous' });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#2', '1', '2', 'Subscribe numbers#3', '3', 'Unsubscribe numbers#3']);
  });
});

describe('a publish made while messages are delivered', () => {
  it('T2: feeds mailboxes at once', () => {
    const { numbers } = numbersTopic();
    const depths: number[] = [];
    publishNested(numbers, 'synchronous');
    const queued = subscribe(numbers, () => undefined, { accept: [Ping] });
    subscribe(numbers, () => depths.push(queued.depth), { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));

    expect(depths).toEqual([3, 3, 3]);
  });

  it('S9: reaches synchronous handlers after what is being delivered', () => {
    const { numbers } = numbersTopic();
    const steps: string[] = [];
    const first = (message: Message<number>): void => {
      steps.push(`first begins ${inWords(message)}`);
      if (message.data === 1) numbers.publish(Ping(2));
      steps.push(`first ends ${inWords(message)}`);
    };
    subscribe(numbers, first, { accept: [Ping], delivery: 'synchronous' });
    subscribe(numbers, (message) => steps.push(`second ${inWords(message)}`), {
      accept: [Ping],
      delivery: 'synchronous',
    });

    numbers.publish(Ping(1));

    expect(steps).toEqual(['first begins 1', 'first ends 1', 'second 1', 'first begins 2', 'first ends 2', 'second 2']);
  });

  it('S9: keeps the stack flat, 100,000 times', () => {
    const { numbers } = numbersTopic();
    const depths = new Set<number>();
    const republish = (message: Message<number>): void => {
      if (message.data % 10_000 === 0) depths.add(stackDepth());
      if (message.data < 100_000) numbers.publish(Ping(message.data + 1));
    };
    subscribe(numbers, republish, { accept: [Ping], delivery: 'synchronous' });
    const seen = record(numbers, 'synchronous');

    numbers.publish(Ping(1));

    expect(seen).toHaveLength(100_000);
    expect(depths.size).toBe(1);
  });
});

describe('a synchronous handler', () => {
  it('T6: that throws keeps the message from nobody, nor the publisher from going on', async () => {
    const { bus, numbers } = numbersTopic();
    const observed: number[] = [];
    subscribe(
      numbers,
      () => {
        throw new Error('no');
      },
      { delivery: 'synchronous' },
    );
    const seen = record(numbers, 'synchronous');
    numbers.subscribe(({ data }) => observed.push(data));

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect([seen, observed]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('S1: that is asynchronous is serialised all the same', async () => {
    const { bus, numbers } = numbersTopic();
    const steps: string[] = [];
    const handler = async (message: Message<number>): Promise<void> => {
      steps.push(`begins ${inWords(message)}`);
      await Promise.resolve();
      steps.push(`ends ${inWords(message)}`);
    };
    subscribe(numbers, handler, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    expect(steps).toEqual(['begins 1']);
    await bus.settled();

    expect(steps).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2']);
  });

  it('S9: is on the stack of the publisher again once its asynchronous handler has finished', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const sometimesLater = ({ data }: Message<number>): Promise<void> | undefined => {
      seen.push(data);
      return data === 1 ? Promise.resolve() : undefined;
    };
    subscribe(numbers, sometimesLater, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    expect(seen).toEqual([1]);
    await bus.settled();
    numbers.publish(Ping(3));

    expect(seen).toEqual([1, 2, 3]);
  });
});
