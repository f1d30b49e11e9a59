import { config } from 'rxjs';
import { createBus, DispatchError, forwardAll, messageType, subscribe, type Message } from '../../src/index.js';

const Ping = messageType<number>('ping');

/** The next errors that reach RxJS as unhandled ones; all that a test causes must be asked for, or they reach the host. */
function nextUnhandled(count: number): Promise<unknown[]> {
  const errors: unknown[] = [];
  return new Promise((resolve) => {
    config.onUnhandledError = (error) => {
      if (errors.push(error) === count) resolve(errors);
    };
  });
}

function fails(message: Message): void {
  if (Ping.is(message)) throw new Error(`no ${String(message.data)}`);
}

afterEach(() => {
  config.onUnhandledError = null;
});

describe('a handler that fails', () => {
  it("T6: is reported to the subscription's onError, once, as a DispatchError", async () => {
    const [own, shared] = [jest.fn(), jest.fn()];
    const bus = createBus({ onError: shared });
    const numbers = bus.topic('numbers');
    const subscription = subscribe(numbers, fails, { onError: own });
    const message = Ping(1);

    numbers.publish(message);
    await bus.settled();

    expect(own.mock.calls).toEqual([[expect.any(DispatchError)]]);
    expect(own).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'DISPATCH',
        topic: 'numbers',
        subscriptionId: subscription.id,
        dispatched: message,
        cause: new Error('no 1'),
      }),
    );
    expect(shared).not.toHaveBeenCalled();
  });

  it("T6: is reported to the bus's onError when the subscription has none", async () => {
    const onError = jest.fn();
    const bus = createBus({ onError });
    const numbers = bus.topic('numbers');
    subscribe(numbers, fails);

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(onError.mock.calls).toEqual([
      [expect.objectContaining({ cause: new Error('no 1') })],
      [expect.objectContaining({ cause: new Error('no 2') })],
    ]);
  });

  it('T6: names the topic to which the message was first published', async () => {
    const onError = jest.fn();
    const bus = createBus({ onError });
    const child = bus.topic('child');
    const parent = bus.topic('parent');
    forwardAll(child, parent);
    subscribe(parent, fails);

    child.publish(Ping(1));
    await bus.settled();

    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        topic: 'child',
        subscriptionId: 'parent#1',
        message: '[core] subscription "parent#1" failed on a "ping" of topic "child": no 1',
      }),
    );
  });

  it('T6: is reported where RxJS reports unhandled errors when nobody asked for it', async () => {
    const numbers = createBus().topic('numbers');
    const unhandled = nextUnhandled(1);
    subscribe(numbers, fails);

    numbers.publish(Ping(1));

    expect(await unhandled).toEqual([expect.objectContaining({ code: 'DISPATCH', cause: new Error('no 1') })]);
  });

  it('T6: goes on with the next message, however it fails', async () => {
    const causes: unknown[] = [];
    const bus = createBus({ onError: (error) => causes.push(error.cause) });
    const numbers = bus.topic<Message<number>>('numbers');
    const failures = [
      () => {
        throw 'text';
      },
      () => {
        throw undefined;
      },
      () => Promise.reject(new Error('rejected')),
      () => Promise.reject(undefined),
      async () => {
        throw new Error('thrown later');
      },
    ];
    subscribe(numbers, (message) => failures[message.data]?.(), { accept: [Ping] });

    for (const index of failures.keys()) numbers.publish(Ping(index));
    await bus.settled();

    expect(causes).toEqual(['text', undefined, new Error('rejected'), undefined, new Error('thrown later')]);
  });

  it.each([
    ['an error whose message is a symbol', () => Object.assign(new Error('no'), { message: Symbol('no') })],
    ['an error whose message throws', () => Object.defineProperty(new Error('no'), 'message', { get: throwing })],
    ['an object without a prototype', () => Object.create(null) as object],
    ['a revoked proxy', revokedProxy],
  ])('T6: wedges nothing when it throws %s', (_, makeCause) => {
    const onError = jest.fn();
    const numbers = createBus({ onError }).topic('numbers');
    const seen: number[] = [];
    const handler = (message: Message<number>): void => {
      seen.push(message.data);
      throw makeCause();
    };
    subscribe(numbers, handler, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));

    expect(seen).toEqual([1, 2]);
    expect(onError).toHaveBeenCalledTimes(2);
  });
});

describe('a hook that fails', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('the hook');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the hook'))],
    [
      'returns a thenable that rejects',
      () => ({ then: (_: unknown, reject: (e: Error) => void) => reject(new Error('the hook')) }),
    ],
  ])('T6: is contained when it %s, and its error reported where RxJS reports unhandled errors', async (_, onError) => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const unhandled = nextUnhandled(2);
    const seen: number[] = [];
    const handler = (message: Message<number>): void => {
      seen.push(message.data);
      throw new Error('the handler');
    };
    subscribe(numbers, handler, { accept: [Ping], onError });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(await unhandled).toEqual([new Error('the hook'), new Error('the hook')]);
    expect(seen).toEqual([1, 2]);
  });

  it("T6: does not pass the failure on to the bus's onError", async () => {
    const onError = jest.fn();
    const bus = createBus({ onError });
    const numbers = bus.topic('numbers');
    const unhandled = nextUnhandled(1);
    subscribe(numbers, fails, { onError: throwing });

    numbers.publish(Ping(1));
    await unhandled;

    expect(onError).not.toHaveBeenCalled();
  });

  it('T6: reaches neither the publisher nor a sibling when delivery is synchronous', async () => {
    const numbers = createBus().topic<Message<number>>('numbers');
    const unhandled = nextUnhandled(1);
    const seen: number[] = [];
    subscribe(numbers, fails, { delivery: 'synchronous', onError: throwing });
    subscribe(numbers, (message) => seen.push(message.data), { delivery: 'synchronous', accept: [Ping] });

    expect(numbers.publish(Ping(1))).toBe(true);
    expect(seen).toEqual([1]);
    expect(await unhandled).toEqual([new Error('thrown on purpose')]);
  });
});

function throwing(): never {
  throw new Error('thrown on purpose');
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
