import {
  createBus,
  forwardAll,
  messageType,
  subscribe,
  Topic,
  type BusOptions,
  type Message,
  type Subscription,
} from '../../src/index.js';
import { getEventListeners } from 'node:events';
import { setImmediate as nextMacrotask } from 'node:timers/promises';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';
import { busOf } from '../../src/subscriptions/subscriptions-context.js';

const Ping = messageType<number>('ping');

describe('a bus', () => {
  it('has a name and an entity id, given or made', () => {
    expect(createBus({ name: 'calls', eid: 'node-a' })).toMatchObject({ name: 'calls', eid: 'node-a' });
    expect(createBus().name).toBe('bus');
    expect(createBus().eid).toMatch(/^[0-9a-f]{16}$/);
    expect(createBus().eid).not.toBe(createBus().eid);
  });

  it('T1: gets a topic by its name, or makes it', () => {
    const bus = createBus();
    const calls = bus.topic('calls', { detail: 'every call' });

    expect(calls).toBeInstanceOf(Topic);
    expect(bus.topic('calls')).toBe(calls);
    expect(bus.topic('calls', { detail: 'not looked at' }).detail).toBe('every call');
    expect(bus.topic('others')).not.toBe(calls);
  });

  it('T1: finds a topic, and makes none', () => {
    const bus = createBus();

    expect(bus.find('calls')).toBeUndefined();
    expect(bus.topics()).toEqual([]);
    expect(bus.find('calls')).toBe(undefined);
    expect(bus.topic('calls')).toBe(bus.find('calls'));
  });

  it('T1: lists its topics in the order in which they were made, as a snapshot', () => {
    const bus = createBus();
    const topics = ['b', 'a', 'c'].map((name) => bus.topic(name));
    const snapshot = bus.topics();
    bus.topic('d');

    expect(snapshot).toEqual(topics);
  });

  it.each(['constructor', '__proto__', 'toString'])('T1: may have a topic called %s', (name) => {
    const bus = createBus();

    expect(bus.find(name)).toBeUndefined();
    expect(bus.topic(name)).toBe(bus.find(name));
    expect(bus.topics()).toHaveLength(1);
  });

  it('shares nothing with another bus', async () => {
    const [one, other] = [createBus(), createBus()];
    const seen: string[] = [];
    subscribe(one.topic('calls'), (message) => seen.push(inWords(message)), { accept: [Ping] });

    other.topic('calls').publish(Ping(1));
    await one.settled();

    expect(seen).toEqual([]);
    expect(one.topic('calls')).not.toBe(other.topic('calls'));
  });

  it.each([
    ['calls', 'expected options to be an object, got "calls" (string). Leave them out for the defaults.'],
    [null, 'expected options to be an object, got null. Leave them out for the defaults.'],
    [{ name: '' }, 'expected name to be a string that is not empty, got "" (string).'],
    [{ eid: 5 }, 'expected eid to be a string that is not empty, got 5 (number).'],
    [{ dispatcher: 'later' }, 'expected dispatcher to be a function, got "later" (string).'],
    [{ onError: null }, 'expected onError to be a function, got null.'],
    [{ declinedMessageTypes: 'ping' }, 'expected declinedMessageTypes to be an array of strings, got "ping" (string).'],
    [{ declinedMessageTypes: [Ping] }, 'expected declinedMessageTypes[0] to be a string, got ping (function).'],
    [{ highWater: 0 }, 'expected highWater to be an integer of at least 1, got 0 (number). Leave it out for 500.'],
    [
      { lowWater: 501 },
      'expected lowWater to be an integer from 0 to 500, the high-water mark, got 501 (number). Leave it out for 90 % of that.',
    ],
  ])('is refused with the options %p', (options, text) => {
    expect(() => createBus(options as BusOptions)).toThrow(`[core] createBus(): ${text}`);
  });

  it.each([
    ['', undefined, 'expected name to be a string that is not empty, got "" (string).'],
    [undefined, undefined, 'expected name to be a string that is not empty, got undefined.'],
    ['calls', 'all calls', 'expected options to be an object, got "all calls" (string).'],
    ['calls', { detail: 5 }, 'expected detail to be a string, got 5 (number).'],
  ])('refuses to make a topic of %p and %p', (name, options, text) => {
    const bus = createBus();

    expect(() => bus.topic(name as string, options as never)).toThrow(`[core] bus.topic(): ${text}`);
    expect(bus.topics()).toEqual([]);
  });
});

describe('declined message types', () => {
  it('M6: go nowhere: neither to subscriptions nor to plain observers, nor across forwards', async () => {
    const bus = createBus({ declinedMessageTypes: ['ping', 'constructor'] });
    const [child, parent] = [bus.topic<Message<number>>('child'), bus.topic<Message<number>>('parent')];
    forwardAll(child, parent);
    const seen: number[] = [];
    const note = ({ data }: Message<number>) => seen.push(data);
    const Other = messageType<number>('other');
    subscribe(child, note, { accept: [Ping, Other] });
    subscribe(parent, note, { accept: [Ping, Other], delivery: 'synchronous' });
    parent.subscribe(note);

    expect(child.publish(Ping(1))).toBe(true);
    child.publish(Other(2));
    await bus.settled();

    expect(seen).toEqual([2, 2, 2]);
  });

  it('M6: are known by name, also when the type is made later', async () => {
    const bus = createBus({ declinedMessageTypes: ['late'] });
    const handler = jest.fn();
    const Late = messageType('late');
    subscribe(bus.topic('topic'), handler, { accept: [Late] });

    bus.topic('topic').publish(Late());
    await bus.settled();

    expect(handler).not.toHaveBeenCalled();
  });

  it.each(['constructor', '__proto__', 'toString'])('M6: decline %s only when it is among them', async (name) => {
    const Odd = messageType(name);
    const publishOn = async (bus: ReturnType<typeof createBus>): Promise<number> => {
      const handler = jest.fn();
      subscribe(bus.topic('topic'), handler, { accept: [Odd] });
      bus.topic('topic').publish(Odd());
      await bus.settled();
      return handler.mock.calls.length;
    };

    expect(await publishOn(createBus({ declinedMessageTypes: ['ping'] }))).toBe(1);
    expect(await publishOn(createBus({ declinedMessageTypes: [name] }))).toBe(0);
  });

  it('M6: are settled when the bus is made', async () => {
    const declinedMessageTypes: string[] = [];
    const bus = createBus({ declinedMessageTypes });
    const handler = jest.fn();
    subscribe(bus.topic('topic'), handler, { accept: [Ping] });

    declinedMessageTypes.push('ping');
    bus.topic('topic').publish(Ping(1));
    await bus.settled();

    expect(handler).toHaveBeenCalledTimes(1);
  });
});

describe('settled', () => {
  it('resolves at once when there is nothing to do', async () => {
    await expect(createBus().settled()).resolves.toBeUndefined();
  });

  it('waits until every mailbox is empty and every handler has finished', async () => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const gate = createGate();
    const steps: string[] = [];
    const handler = async ({ data }: Message<number>): Promise<void> => {
      await gate.opened;
      steps.push(String(data));
    };
    subscribe(numbers, handler, { accept: [Ping] });
    subscribe(numbers, handler, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    const settled = bus.settled().then(() => steps.push('settled'));
    gate.open();
    await settled;

    expect(steps).toEqual(['1', '1', '2', '2', 'settled']);
  });

  it('waits for what handlers publish in turn', async () => {
    const bus = createBus();
    const [numbers, others] = [bus.topic<Message<number>>('numbers'), bus.topic<Message<number>>('others')];
    const seen: number[] = [];
    const passOn = ({ data }: Message<number>): void => {
      if (data < 100) others.publish(Ping(data + 1));
    };
    const passBack = async ({ data }: Message<number>): Promise<void> => {
      seen.push(data);
      await Promise.resolve();
      numbers.publish(Ping(data + 1));
    };
    subscribe(numbers, passOn, { accept: [Ping] });
    subscribe(others, passBack, { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen.at(-1)).toBe(100);
  });

  it('waits for handlers that fail no longer than for others', async () => {
    const bus = createBus({ onError: () => undefined });
    subscribe(bus.topic('numbers'), () => Promise.reject(new Error('no')));

    await expect(bus.settled()).resolves.toBeUndefined();
  });
});

describe('close', () => {
  it('S4: completes every topic and waits for every final message', async () => {
    const bus = createBus();
    const [numbers, others] = [bus.topic<Message<number>>('numbers'), bus.topic('others')];
    const gate = createGate();
    const seen: string[] = [];
    const handler = async (message: Message): Promise<void> => {
      await gate.opened;
      seen.push(inWords(message));
    };
    subscribe(numbers, handler);
    subscribe(others, handler, { delivery: 'synchronous' });
    numbers.publish(Ping(1));

    const closed = bus.close().then(() => seen.push('closed'));
    expect(bus.topics()).toEqual([]);
    gate.open();
    await closed;

    expect(seen.filter((line) => line.endsWith('numbers#1'))).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
    expect(seen.filter((line) => line.endsWith('others#2'))).toEqual(['Subscribe others#2', 'Unsubscribe others#2']);
    expect(seen.at(-1)).toBe('closed');
    expect(seen).toContain('1');
  });

  it('completes plain observers', async () => {
    const bus = createBus();
    const complete = jest.fn();
    bus.topic('numbers').subscribe({ complete });

    await bus.close();

    expect(complete).toHaveBeenCalledTimes(1);
  });

  it('waits for subscriptions that ended before, and are not done', async () => {
    const bus = createBus();
    const gate = createGate();
    const subscription = subscribe(bus.topic('numbers'), () => gate.opened);
    subscription.unsubscribe();

    const closed = bus.close();
    gate.open();
    await closed;

    expect(subscription.isDone).toBe(true);
  });

  it('is idempotent: closing again, also meanwhile, waits again and does nothing', async () => {
    const bus = createBus();
    const gate = createGate();
    const seen: string[] = [];
    subscribe(bus.topic('numbers'), (message) => {
      seen.push(inWords(message));
      return gate.opened;
    });
    const steps: string[] = [];
    const closed = [bus.close().then(() => steps.push('first')), bus.close().then(() => steps.push('second'))];
    await nextMacrotask();
    expect(steps).toEqual([]);

    gate.open();
    await Promise.all(closed);
    await bus.close();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it('refuses topics from then on', async () => {
    const bus = createBus({ name: 'calls' });
    const closed = bus.close();

    expect(() => bus.topic('numbers')).toThrow(
      expect.objectContaining({ code: 'BUS_CLOSED', message: '[core] bus.topic(): the bus "calls" is closed.' }),
    );
    expect(bus.find('numbers')).toBeUndefined();
    await closed;
  });

  it('makes publishing do nothing', async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const handler = jest.fn();
    subscribe(numbers, handler, { accept: [Ping] });
    await bus.close();

    expect(numbers.publish(Ping(1))).toBe(true);
    await bus.settled();

    expect(handler).not.toHaveBeenCalled();
  });

  it('stops waiting for a handler that hangs when the signal aborts, and leaves no listener behind', async () => {
    const bus = createBus();
    const { signal, abort } = abortable();
    subscribe(bus.topic('numbers'), () => new Promise(() => undefined));

    const closed = bus.close({ signal });
    abort();
    await expect(closed).resolves.toBeUndefined();

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('does not wait at all when the signal has aborted, and completes all the same', async () => {
    const bus = createBus();
    const subscription = subscribe(bus.topic('numbers'), () => new Promise(() => undefined));

    await bus.close({ signal: AbortSignal.abort() });

    expect(subscription.isSubscribed).toBe(false);
  });

  it('leaves no listener behind when everything ends before the signal aborts', async () => {
    const bus = createBus();
    const { signal } = abortable();
    subscribe(bus.topic('numbers'), () => undefined);

    await bus.close({ signal });

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('is what Symbol.asyncDispose does', async () => {
    const bus = createBus();
    const subscription = subscribe(bus.topic('numbers'), () => undefined);

    await bus[Symbol.asyncDispose]();

    expect(subscription.isDone).toBe(true);
    expect(() => bus.topic('others')).toThrow('closed');
  });

  it('settles also when it is called from a handler that does not wait for it', async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    let closed: Promise<void> | undefined;
    subscribe(
      numbers,
      () => {
        closed = bus.close();
      },
      { accept: [Ping] },
    );

    numbers.publish(Ping(1));
    await bus.settled();

    await expect(closed).resolves.toBeUndefined();
  });

  it('refuses a signal that is none', async () => {
    expect(() => createBus().close({ signal: 5 as never })).toThrow(
      '[core] bus.close(): expected signal to be an AbortSignal, got 5 (number).',
    );
  });

  it('leaves nothing behind', async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    subscribe(numbers, () => undefined);
    numbers.subscribe();

    await bus.close();

    expect(busOf(numbers).subscriptions.size).toBe(0);
    expect(numbers.audience).toMatchObject({ recipients: [], forwards: [] });
    expect(numbers.observed).toBe(false);
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('closing', () => {
  it('S6: waits also for what a final message subscribes', async () => {
    const bus = createBus();
    const [numbers, others] = [bus.topic('numbers'), bus.topic('others')];
    let late: Subscription | undefined;
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
    };
    subscribe(numbers, (message, _, self) => {
      if (self.isFinal(message)) late = subscribe(others, slow);
    });

    await bus.close();

    expect(late?.isDone).toBe(true);
  });

  it('S6: gives up waiting for ever new subscriptions when the signal aborts', async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const controller = new AbortController();
    const again = (): void => {
      if (controller.signal.aborted) return;
      subscribe(numbers, () => new Promise((resolve) => setImmediate(resolve)), { onFinal: again });
    };
    again();
    setImmediate(() => controller.abort());

    await bus.close({ signal: controller.signal });

    expect(controller.signal.aborted).toBe(true);
  });
});
