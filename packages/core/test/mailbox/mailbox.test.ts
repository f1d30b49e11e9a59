import { concat, defer, EMPTY, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { createBus, messageType, subscribe, type Message } from '../../src/index.js';
import { createGate } from '../support/gate.js';
import { stackDepth } from '../support/stack-depth.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;

function numbersTopic() {
  const causes: unknown[] = [];
  const bus = createBus({ onError: (error) => causes.push(error.cause) });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), causes };
}

describe('one message at a time', () => {
  it.each(bothDeliveries)('S1: the next handler starts when the last one has completed (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const gates = [createGate(), createGate(), createGate()];
    const steps: string[] = [];
    const handler = async ({ data }: Message<number>): Promise<void> => {
      steps.push(`begins ${String(data)}`);
      await gates[data]?.opened;
      steps.push(`ends ${String(data)}`);
    };
    subscribe(numbers, handler, { accept: [Ping], delivery });

    for (const n of gates.keys()) numbers.publish(Ping(n));
    for (const gate of gates.reverse()) gate.open();
    await bus.settled();

    expect(steps).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
  });

  it('S1: handlers of different subscriptions do not wait for each other', async () => {
    const { bus, numbers } = numbersTopic();
    const gate = createGate();
    const seen: number[] = [];
    subscribe(numbers, () => gate.opened, { accept: [Ping] });
    const quick = subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    numbers.publish(Ping(1));
    await quick.publishSync(Ping(2));
    expect(seen).toEqual([1, 2]);

    gate.open();
    await bus.settled();
  });

  it('S1: synchronous and asynchronous results may be mixed', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): unknown => {
      const note = (): number => seen.push(data);
      return [note, () => Promise.resolve().then(note), () => defer(() => of(note()))][data % 3]?.();
    };
    subscribe(numbers, handler, { accept: [Ping] });

    for (let n = 0; n < 100; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('S1: takes what is published while the handler runs', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const handler = async ({ data }: Message<number>): Promise<void> => {
      seen.push(data);
      if (data < 3) numbers.publish(Ping(data + 1));
      await Promise.resolve();
      if (data < 3) numbers.publish(Ping(data + 10));
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1, 2, 11, 3, 12]);
  });

  it.each([
    ['an asynchronous handler', () => Promise.resolve()],
    ['a handler that returns an Observable', () => of(1)],
    ['a handler that is asynchronous once', (n: number) => (n === 0 ? Promise.resolve() : undefined)],
    ['a handler that is asynchronous now and then', (n: number) => (n % 1000 === 0 ? Promise.resolve() : undefined)],
  ])('S1: 50,000 queued behind %s all arrive, in order, on a flat stack', async (_, work) => {
    const { bus, numbers } = numbersTopic();
    const depths = new Set<number>();
    let expected = 0;
    const handler = ({ data }: Message<number>): unknown => {
      if (data !== expected++) throw new Error(`expected ${String(expected - 1)}, got ${String(data)}`);
      if (data > 0 && data % 9_999 === 0) depths.add(stackDepth());
      return work(data);
    };
    const onError = jest.fn();
    subscribe(numbers, handler, { accept: [Ping], onError });

    for (let n = 0; n < 50_000; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(expected).toBe(50_000);
    expect(onError).not.toHaveBeenCalled();
    expect(Math.max(...depths) - Math.min(...depths)).toBeLessThan(20);
  });
});

describe('what a handler returns', () => {
  // A turn that is never spent, however slow the machine: what is counted here are microtasks.
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockReturnValue(0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([undefined, null, 0, 'text', {}, [], () => undefined, { then: 5 }, { subscribe: () => undefined }])(
    'S1: is ignored when it is %p',
    async (result) => {
      const { numbers, causes } = numbersTopic();
      const seen: number[] = [];
      const handler = ({ data }: Message<number>): unknown => {
        seen.push(data);
        return result;
      };
      subscribe(numbers, handler, { accept: [Ping], delivery: 'synchronous' });

      numbers.publish(Ping(1));
      numbers.publish(Ping(2));

      expect(seen).toEqual([1, 2]);
      expect(causes).toEqual([]);
    },
  );

  it('S1: is awaited when it is a thenable that is no promise', async () => {
    const { bus, numbers } = numbersTopic();
    const resolves: ((value: unknown) => void)[] = [];
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): unknown => {
      seen.push(data);
      return { then: (resolve: (value: unknown) => void) => resolves.push(resolve) };
    };
    const subscription = subscribe(numbers, handler, { accept: [Ping] });
    const first = subscription.publishSync(Ping(1));
    const second = subscription.publishSync(Ping(2));
    await Promise.resolve().then(() => undefined);
    expect(seen).toEqual([1]);

    resolves[0]?.(undefined);
    await first;
    await Promise.resolve().then(() => undefined);
    expect(seen).toEqual([1, 2]);

    resolves[1]?.(undefined);
    await second;
    await bus.settled();
  });

  it('S1: is awaited when it is a function with a then', async () => {
    const { bus, numbers } = numbersTopic();
    const then = jest.fn((resolve: () => void) => {
      resolve();
    });
    subscribe(numbers, () => Object.assign(() => undefined, { then }), { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(then).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['whose then throws', { then: throwing }],
    ['whose then rejects', { then: (_: unknown, reject: (error: Error) => void) => reject(new Error('no')) }],
    ['whose then cannot be read', Object.defineProperty({}, 'then', { get: throwing })],
    ['which is a promise, but whose own then throws', Object.assign(Promise.resolve(), { then: throwing })],
    [
      'which is a promise, but whose constructor cannot be read',
      Object.defineProperty(Promise.resolve(), 'constructor', { get: throwing }),
    ],
  ])('T6: is a failure when it is a thenable %s', async (_, thenable) => {
    for (const delivery of ['queued', 'synchronous'] as const) {
      const { bus, numbers, causes } = numbersTopic();
      const seen: number[] = [];
      const handler = ({ data }: Message<number>): unknown => {
        seen.push(data);
        return data <= 2 ? thenable : undefined; // the time of the first is taken, that of the second is not
      };
      const subscription = subscribe(numbers, handler, { accept: [Ping], delivery });

      for (const n of [1, 2, 3]) numbers.publish(Ping(n));
      await bus.settled();
      await subscription.publishSync(Ping(4));

      expect(seen).toEqual([1, 2, 3, 4]);
      expect(causes).toEqual([new Error('no'), new Error('no')]);
    }
  });

  it('S1: is waited for until it completes when it is an Observable', async () => {
    const { bus, numbers } = numbersTopic();
    const results = [new Subject<string>(), new Subject<string>()];
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): unknown => {
      seen.push(data);
      return results[data];
    };
    const subscription = subscribe(numbers, handler, { accept: [Ping] });
    const first = subscription.publishSync(Ping(0));
    numbers.publish(Ping(1));
    await Promise.resolve().then(() => undefined);

    results[0]?.next('not yet');
    expect(seen).toEqual([0]);
    results[0]?.complete();
    await first;
    results[1]?.complete();
    await bus.settled();

    expect(seen).toEqual([0, 1]);
  });

  it('S1: is subscribed to once when it is an Observable', async () => {
    const { bus, numbers } = numbersTopic();
    const onSubscribe = jest.fn(() => of(1, 2, 3));
    subscribe(numbers, () => defer(onSubscribe), { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(onSubscribe).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['fails', throwError(() => new Error('no'))],
    [
      'fails late',
      concat(
        of(1),
        throwError(() => new Error('no')),
      ),
    ],
    ['throws while it is subscribed to', new Observable(throwing)],
  ])('T6: is a failure when it is an Observable that %s', async (_, result) => {
    const { bus, numbers, causes } = numbersTopic();
    const seen: number[] = [];
    const handler = ({ data }: Message<number>): unknown => {
      seen.push(data);
      return data === 1 ? result : EMPTY;
    };
    subscribe(numbers, handler, { accept: [Ping] });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
    expect(causes).toEqual([new Error('no')]);
  });

  it('S1: 10,000 Observables that complete at once are handled on a flat stack', async () => {
    const { bus, numbers } = numbersTopic();
    const depths = new Set<number>();
    const handler = ({ data }: Message<number>): Observable<number> => {
      if (data > 0 && data % 999 === 0) depths.add(stackDepth());
      return of(data);
    };
    subscribe(numbers, handler, { accept: [Ping] });

    for (let n = 0; n < 10_000; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(depths.size).toBeGreaterThan(0);
    expect(Math.max(...depths) - Math.min(...depths)).toBeLessThan(20);
  });

  it.each([
    ['a promise that never settles', () => new Promise(() => undefined)],
    ['an Observable that never completes', () => NEVER],
  ])('T6: holds up its own subscription only when it is %s', async (_, result) => {
    const { numbers } = numbersTopic();
    const hanging = subscribe(numbers, result, { accept: [Ping] });
    const seen: number[] = [];
    const other = subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    await other.publishSync(Ping(1));
    await other.publishSync(Ping(2));
    hanging.unsubscribe();
    await other.publishSync(Ping(3));

    expect(seen).toEqual([1, 2, 3]);
    expect(hanging).toMatchObject({ isSubscribed: false, isDone: false });
  });
});

function throwing(): never {
  throw new Error('no');
}
