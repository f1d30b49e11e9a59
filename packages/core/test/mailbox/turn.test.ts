import { Subject } from 'rxjs';
import { createBus, messageType, serialize, subscribe, type Dispatcher, type Message } from '../../src/index.js';
import { createManualDispatcher } from '../../src/testing/index.js';
import { setImmediate as nextMacrotask } from 'node:timers/promises';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';
import { stackDepth } from '../support/stack-depth.js';

const Ping = messageType<number>('ping');

function numbersTopic(dispatcher?: Dispatcher) {
  const errors: unknown[] = [];
  const bus = createBus({ dispatcher, onError: (error) => errors.push(error) });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), errors };
}

/** Lets the clock go on by so many milliseconds each time somebody looks at it. */
function tickingClock(millisecondsPerLook: number): void {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += millisecondsPerLook));
}

/** Calls back whenever timers and I/O have their turn. */
function onEachTurn(callback: () => void): { readonly stop: () => void } {
  let immediate: NodeJS.Immediate;
  const again = (): void => {
    callback();
    immediate = setImmediate(again);
  };
  immediate = setImmediate(again);
  return { stop: () => clearImmediate(immediate) };
}

/** Counts how often timers and I/O get their turn, until it is stopped. */
function countTurns() {
  const turns = { immediates: 0, timeouts: 0 };
  let immediate: NodeJS.Immediate;
  let timeout: NodeJS.Timeout;
  const onImmediate = (): void => {
    turns.immediates++;
    immediate = setImmediate(onImmediate);
  };
  const onTimeout = (): void => {
    turns.timeouts++;
    timeout = setTimeout(onTimeout, 0);
  };
  immediate = setImmediate(onImmediate);
  timeout = setTimeout(onTimeout, 0);
  const stop = (): void => {
    clearImmediate(immediate);
    clearTimeout(timeout);
  };
  return { turns, stop };
}

const macrotasks = ['setImmediate', 'MessageChannel'].map(
  (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
);

afterEach(() => {
  jest.restoreAllMocks();
  for (const [name, property = {}] of macrotasks) Object.defineProperty(globalThis, name, property);
});

describe('timers and I/O', () => {
  it('get their turn while a handler republishes 30,000 times', async () => {
    tickingClock(1);
    const { bus, numbers } = numbersTopic();
    const { turns, stop } = countTurns();
    let last = 0;
    const republish = ({ data }: Message<number>): void => {
      last = data;
      if (data < 30_000) numbers.publish(Ping(data + 1));
    };
    subscribe(numbers, republish, { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();
    stop();

    expect(last).toBe(30_000);
    expect(turns.immediates).toBeGreaterThan(100);
    expect(turns.timeouts).toBeGreaterThan(0);
  });

  it('get their turn while an asynchronous handler republishes 30,000 times', async () => {
    tickingClock(1);
    const { bus, numbers } = numbersTopic();
    const { turns, stop } = countTurns();
    let last = 0;
    const republish = async ({ data }: Message<number>): Promise<void> => {
      last = data;
      await Promise.resolve();
      if (data < 30_000) numbers.publish(Ping(data + 1));
    };
    subscribe(numbers, republish, { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();
    stop();

    expect(last).toBe(30_000);
    expect(turns.immediates).toBeGreaterThan(100);
    expect(turns.timeouts).toBeGreaterThan(0);
  });

  it('get their turn while two asynchronous handlers publish to each other', async () => {
    tickingClock(1);
    const { bus, numbers } = numbersTopic();
    const answers = bus.topic<Message<number>>('answers');
    const { turns, stop } = countTurns();
    const passOnTo = (other: typeof numbers) => async (message: Message<number>) => {
      await Promise.resolve();
      if (message.data < 20_000) other.publish(Ping(message.data + 1));
    };
    subscribe(numbers, passOnTo(answers), { accept: [Ping] });
    subscribe(answers, passOnTo(numbers), { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();
    stop();

    expect(turns.immediates).toBeGreaterThan(100);
    expect(turns.timeouts).toBeGreaterThan(0);
  });

  it('get their turn while a synchronous handler works off a long backlog', async () => {
    tickingClock(1);
    const { bus, numbers } = numbersTopic();
    const { turns, stop } = countTurns();
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    for (let n = 0; n < 30_000; n++) numbers.publish(Ping(n));
    await bus.settled();
    stop();

    expect(seen).toHaveLength(30_000);
    expect(turns.immediates).toBeGreaterThan(100);
  });

  it('get their turn between slow handlers, after each of them', async () => {
    tickingClock(20);
    const { bus, numbers } = numbersTopic();
    const { turns, stop } = countTurns();
    const turnsSeen: number[] = [];
    subscribe(numbers, () => turnsSeen.push(turns.immediates), { accept: [Ping] });

    for (let n = 0; n < 5; n++) numbers.publish(Ping(n));
    await bus.settled();
    stop();

    expect(new Set(turnsSeen).size).toBe(5);
  });

  it('are not waited for by a burst that is short', async () => {
    tickingClock(0);
    const { bus, numbers } = numbersTopic();
    const onImmediate = jest.fn();
    const immediate = setImmediate(onImmediate);
    subscribe(numbers, () => undefined, { accept: [Ping] });

    for (let n = 0; n < 100; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(onImmediate).not.toHaveBeenCalled();
    clearImmediate(immediate);
  });

  describe('where a bus falls idle between messages', () => {
    const loops: Record<string, (isOver: () => boolean) => Promise<unknown>> = {
      'two buses publish to each other': (isOver) =>
        new Promise<void>((resolve) => {
          const [one, other] = [numbersTopic().numbers, numbersTopic().numbers];
          const passOnTo = (topic: typeof one) => (message: Message<number>) =>
            isOver() ? resolve() : void topic.publish(message);
          subscribe(one, passOnTo(other), { accept: [Ping] });
          subscribe(other, passOnTo(one), { accept: [Ping] });
          one.publish(Ping(1));
        }),
      'for await publishes what it iterates over': async (isOver) => {
        const { numbers } = numbersTopic();
        const iterator = numbers[Symbol.asyncIterator]();
        numbers.publish(Ping(1));
        for await (const message of iterator) {
          if (isOver()) return;
          numbers.publish(message);
        }
      },
      'publishSync is awaited': async (isOver) => {
        const subscription = subscribe(numbersTopic().numbers, () => undefined, { accept: [Ping] });
        while (!isOver()) await subscription.publishSync(Ping(1));
      },
      'settled is awaited': async (isOver) => {
        const { bus, numbers } = numbersTopic();
        subscribe(numbers, () => undefined, { accept: [Ping] });
        while (!isOver()) {
          numbers.publish(Ping(1));
          await bus.settled();
        }
      },
      'a handler publishes in a microtask': (isOver) =>
        new Promise<void>((resolve) => {
          const { numbers } = numbersTopic();
          const again = (message: Message<number>): void =>
            isOver() ? resolve() : void Promise.resolve().then(() => numbers.publish(message));
          subscribe(numbers, again, { accept: [Ping] });
          numbers.publish(Ping(1));
        }),
      'an operator serialises what it emits': (isOver) =>
        new Promise<void>((resolve) => {
          const values = new Subject<number>();
          values
            .pipe(serialize((value) => Promise.resolve(value)))
            .subscribe((value) => (isOver() ? resolve() : values.next(value)));
          values.next(1);
        }),
    };

    it.each(Object.entries(loops))('get their turn, too: %s', async (_, loop) => {
      tickingClock(1);
      const { turns, stop } = countTurns();
      let rounds = 0;

      await loop(() => turns.timeouts > 2 || ++rounds > 100_000);
      stop();

      expect(rounds).toBeLessThan(100_000);
      expect(turns.immediates).toBeGreaterThan(2);
    });
  });

  it('get their turn after one slice, however many buses have a backlog', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const topics = Array.from({ length: 20 }, () => numbersTopic());
    const handled: number[] = [];
    const latest: number[] = [];
    for (const [index, { numbers }] of topics.entries()) {
      subscribe(numbers, () => (handled.push(index), (now += 0.5)), { accept: [Ping] });
      for (let n = 0; n < 100; n++) numbers.publish(Ping(n));
    }
    let last = 0;
    const { stop } = onEachTurn(() => {
      latest.push(now - last);
      last = now;
    });

    await Promise.all(topics.map(({ bus }) => bus.settled()));
    stop();

    expect(handled).toHaveLength(2000);
    expect(Math.max(...latest)).toBeLessThan(50); // 8, 8 more for all who come late, and a message or two for each; by themselves 160
  });

  it('leave the first messages of a bus to the first microtask, though another has worked for long', async () => {
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const [long, short] = [numbersTopic(), numbersTopic()];
    subscribe(long.numbers, () => (now += 0.5), { accept: [Ping] });
    for (let n = 0; n < 100; n++) long.numbers.publish(Ping(n));
    await Promise.resolve();
    const subscription = subscribe(short.numbers, () => undefined, { accept: [Ping] });
    for (let n = 0; n < 3; n++) short.numbers.publish(Ping(n));

    await Promise.resolve();

    expect(subscription.depth).toBe(0);
    await long.bus.settled();
  });

  it('are not waited for by one burst that comes late, after something else has taken long', async () => {
    tickingClock(100);
    const { numbers } = numbersTopic();
    const onImmediate = jest.fn();
    const immediate = setImmediate(onImmediate);
    const subscription = subscribe(numbers, () => undefined, { accept: [Ping] });

    for (let n = 0; n < 3; n++) {
      numbers.publish(Ping(n));
      await Promise.resolve().then(() => undefined);
    }

    expect(subscription.depth).toBe(0);
    expect(onImmediate).not.toHaveBeenCalled();
    clearImmediate(immediate);
  });

  it.each([
    ['MessageChannel, where there is no setImmediate', ['setImmediate']],
    ['setTimeout, where there is neither', ['setImmediate', 'MessageChannel']],
  ] as const)('get their turn by %s', async (_, missing) => {
    tickingClock(20);
    for (const name of missing) Reflect.deleteProperty(globalThis, name);
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const onTimeout = jest.fn();
    setTimeout(onTimeout, 0);
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    for (let n = 0; n < 20; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(seen).toHaveLength(20);
    expect(onTimeout).toHaveBeenCalled();
  });
});

describe('a dispatcher', () => {
  it('T2: decides when the mailboxes of a bus are drained', () => {
    const dispatcher = createManualDispatcher();
    const { numbers } = numbersTopic(dispatcher);
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)));

    numbers.publish(Ping(1));
    expect(seen).toEqual([]);
    dispatcher.flush();

    expect(seen).toEqual(['Subscribe numbers#1', '1']);
  });

  it('T2: is asked once for all that is queued', () => {
    const dispatcher = createManualDispatcher();
    const { numbers } = numbersTopic(dispatcher);
    subscribe(numbers, () => undefined, { accept: [Ping] });

    for (let n = 0; n < 10; n++) numbers.publish(Ping(n));
    expect(dispatcher.pending).toBe(1);
    expect(dispatcher.flush()).toBe(1);
    numbers.publish(Ping(10));

    expect(dispatcher.pending).toBe(1);
  });

  it('T2: of a subscription is for that one alone', async () => {
    const dispatcher = createManualDispatcher();
    const { bus, numbers } = numbersTopic();
    const [held, free]: [number[], number[]] = [[], []];
    subscribe(numbers, ({ data }) => held.push(data), { accept: [Ping], dispatcher });
    const other = subscribe(numbers, ({ data }) => free.push(data), { accept: [Ping] });

    await other.publishSync(Ping(1));
    expect([held, free]).toEqual([[], [1]]);
    dispatcher.flush();
    await bus.settled();

    expect([held, free]).toEqual([[1], [1]]);
  });

  it("T2: of a subscription comes before the bus's", () => {
    const [shared, own] = [createManualDispatcher(), createManualDispatcher()];
    const { numbers } = numbersTopic(shared);

    subscribe(numbers, () => undefined, { dispatcher: own });

    expect([shared.pending, own.pending]).toEqual([0, 1]);
  });

  it('T3: that drains at once keeps the order of nested publishes', () => {
    const { numbers } = numbersTopic((drain) => drain());
    const observed: number[] = [];
    const [first, last]: [number[], number[]] = [[], []];
    const publishNested = ({ data }: Message<number>): void => {
      first.push(data);
      if (data === 1) numbers.publish(Ping(2));
    };
    subscribe(numbers, publishNested, { accept: [Ping] });
    subscribe(numbers, ({ data }) => last.push(data), { accept: [Ping] });
    numbers.subscribe(({ data }) => observed.push(data));

    numbers.publish(Ping(1));

    expect([first, last, observed]).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('S1: that drains at once waits for asynchronous handlers', async () => {
    const { bus, numbers } = numbersTopic((drain) => drain());
    const gate = createGate();
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): Promise<void> => {
      seen.push(data);
      return gate.opened;
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    expect(seen).toEqual([1]);
    gate.open();
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('S5: that drains at once shows others the Unsubscribe before what the final message brings about', () => {
    const { numbers } = numbersTopic((drain) => drain());
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)));
    const subscription = subscribe(numbers, (message, _, self) => {
      if (self.isFinal(message)) numbers.publish(Ping(1));
    });

    subscription.unsubscribe();

    expect(seen.slice(-2)).toEqual(['Unsubscribe numbers#2', '1']);
  });

  it('that drains at once keeps the stack flat while a handler republishes', () => {
    tickingClock(20);
    const { numbers } = numbersTopic((drain) => drain());
    const depths = new Set<number>();
    let last = 0;
    const republish = ({ data }: Message<number>): void => {
      last = data;
      if (data % 1_000 === 0) depths.add(stackDepth());
      if (data < 20_000) numbers.publish(Ping(data + 1));
    };
    subscribe(numbers, republish, { accept: [Ping] });

    numbers.publish(Ping(1));

    expect(last).toBe(20_000);
    expect(depths.size).toBe(1);
  });

  it('that drains at once keeps the stack flat while a long backlog gives way again and again', () => {
    tickingClock(20);
    const held: (() => void)[] = [];
    let isHolding = true;
    const { numbers } = numbersTopic((drain) => {
      if (isHolding) held.push(drain);
      else drain();
    });
    const depths = new Set<number>();
    let count = 0;
    const handler = ({ data }: Message<number>): void => {
      count++;
      if (data % 1_000 === 0) depths.add(stackDepth());
    };
    subscribe(numbers, handler, { accept: [Ping] });
    for (let n = 1; n <= 20_000; n++) numbers.publish(Ping(n));

    isHolding = false;
    for (const drain of held) drain();

    expect(count).toBe(20_000);
    expect(Math.max(...depths) - Math.min(...depths)).toBeLessThan(20);
  });

  it('S1: that drains inside a handler starts no second one', () => {
    const dispatcher = createManualDispatcher();
    const { numbers } = numbersTopic(dispatcher);
    const steps: string[] = [];
    const handler = (message: Message<number>): void => {
      steps.push(`begins ${inWords(message)}`);
      dispatcher.flush();
      steps.push(`ends ${inWords(message)}`);
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    dispatcher.flush();

    expect(steps).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2']);
  });

  it('S1: that drains twice hands over each message once', async () => {
    const { bus, numbers } = numbersTopic((drain) => {
      drain();
      drain();
    });
    const seen: string[] = [];
    const subscription = subscribe(numbers, async (message) => {
      await Promise.resolve();
      seen.push(inWords(message));
    });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    subscription.unsubscribe();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', '2', 'Unsubscribe numbers#1']);
  });

  it('S4: that drains again when all is over brings nothing back', async () => {
    const drains: (() => void)[] = [];
    const { bus, numbers } = numbersTopic((drain) => drains.push(drain));
    const seen: string[] = [];
    const subscription = subscribe(numbers, (message) => seen.push(inWords(message)));
    subscription.unsubscribe();
    for (const drain of drains) drain();

    for (const drain of drains) drain();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it('T6: that throws loses nothing and reaches no publisher', async () => {
    const { bus, numbers, errors } = numbersTopic(() => {
      throw new TypeError('no dispatching today');
    });
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    expect(numbers.publish(Ping(1))).toBe(true);
    await bus.settled();

    expect(seen).toEqual([1]);
    expect(errors).toHaveLength(1);
  });

  it('T6: that throws is reported as a StasisError, like everything that onError gets', async () => {
    const { bus, numbers, errors } = numbersTopic(() => {
      throw new TypeError('no dispatching today');
    });
    subscribe(numbers, () => undefined);
    await bus.settled();

    expect(errors).toEqual([
      expect.objectContaining({ code: expect.any(String), cause: new TypeError('no dispatching today') }),
    ]);
  });

  it('T6: that throws after it has drained hands over each message once', async () => {
    const { bus, numbers } = numbersTopic((drain) => {
      drain();
      throw new Error('too late');
    });
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();
    await nextMacrotask();

    expect(seen).toEqual([1]);
  });

  it('is called outside of what is being delivered: it may publish', () => {
    const seen: number[] = [];
    let published = 0;
    const { numbers } = numbersTopic((drain) => {
      if (published++ === 0) numbers.publish(Ping(2));
      drain();
    });
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    numbers.publish(Ping(1));

    expect(seen).toEqual([1, 2]);
  });
});

describe('a dispatcher whose promise rejects', () => {
  it('S9: is reported like one that throws, and the mailbox is drained in a microtask', async () => {
    const rejecting: () => unknown = () => Promise.reject(new Error('no dispatching today'));
    const { bus, numbers, errors } = numbersTopic(rejecting);
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
    expect(errors).toEqual([expect.objectContaining({ code: 'DISPATCHER' })]);
  });
});
