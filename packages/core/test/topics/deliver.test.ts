import * as fc from 'fast-check';
import {
  createBus,
  createCache,
  createCachingTopic,
  DispatchError,
  forwardAll,
  InvalidArgumentError,
  messageType,
  subscribe,
  type Message,
  type Receipt,
} from '../../src/index.js';

import { createGate } from '../support/gate.js';

const Ping = messageType<number>('ping');

function pingTopic(options: Parameters<typeof createBus>[0] = {}) {
  const errors: string[] = [];
  const bus = createBus({ onError: ({ code }) => errors.push(code), ...options });
  return { bus, pings: bus.topic<Message<number>>('pings'), errors };
}

const outcomes = ({ deliveries }: Receipt) => deliveries.map(({ name, outcome }) => `${name} ${outcome}`);

describe('a receipt', () => {
  it('Q1: comes when every subscription has handled the message, in the order in which they ended', async () => {
    const { bus, pings } = pingTopic();
    const doors = [createGate(), createGate()];
    let begun = 0;
    const wait = (door: number) => () => (begun++, doors[door]?.opened);
    subscribe(pings, wait(0), { accept: [Ping], name: 'slow' });
    subscribe(pings, wait(1), { accept: [Ping], name: 'slower' });
    subscribe(pings, () => undefined, { accept: [Ping], name: 'quick' });
    subscribe(pings, () => undefined, { accept: [Ping], name: 'synchronous', delivery: 'synchronous' });
    subscribe(pings, () => undefined, { accept: [], name: 'uninterested' });
    const message = Ping(1);
    const receipt = pings.deliver(message);
    let isHere = false;
    void receipt.then(() => (isHere = true));
    while (begun < 2) await new Promise(setImmediate);
    doors[1]?.open();
    await new Promise(setImmediate);
    expect(isHere).toBe(false);
    doors[0]?.open();

    const { deliveries, failures, message: delivered } = await receipt;
    expect(outcomes(await receipt)).toEqual(['synchronous handled', 'quick handled', 'slower handled', 'slow handled']);
    expect(deliveries[1]).toEqual({ subscription: 'pings#3', name: 'quick', topic: 'pings', outcome: 'handled' });
    expect(failures).toEqual([]);
    expect(delivered).toBe(message);
    expect([await receipt, deliveries, deliveries[0], failures].every(Object.isFrozen)).toBe(true);
    await bus.close();
  });

  it.each(['queued', 'synchronous'] as const)(
    'Q1: a handler that fails (%s) is in it, with the error that is reported too',
    async (delivery) => {
      const reported: unknown[] = [];
      const { pings } = pingTopic({ onError: (error) => reported.push(error) });
      const boom = new Error('boom');
      const fail = () => {
        throw boom;
      };
      subscribe(pings, fail, { accept: [Ping], name: 'throws', delivery });
      subscribe(pings, () => Promise.reject(boom), { accept: [Ping], name: 'rejects', delivery });
      const receipt = await pings.deliver(Ping(1));

      expect(outcomes(receipt)).toEqual(['throws failed', 'rejects failed']);
      expect(receipt.failures).toEqual(receipt.deliveries.map(({ error }) => error));
      expect(receipt.failures).toEqual(reported);
      expect(receipt.failures[0]).toBeInstanceOf(DispatchError);
      expect(receipt.failures[0]?.cause).toBe(boom);
    },
  );

  it.each(['refuse', 'drop-newest', 'drop-oldest'] as const)(
    'Q1: a bounded mailbox that has no room (%s) is in it as one that dropped the message',
    async (overflow) => {
      const { pings } = pingTopic();
      subscribe(pings, () => undefined, { accept: [Ping], name: 'bounded', capacity: 1, overflow });
      const receipts = [pings.deliver(Ping(1)), pings.deliver(Ping(2))];
      const seen = (await Promise.all(receipts)).map(outcomes);

      const [first, second] = overflow === 'drop-oldest' ? ['dropped', 'handled'] : ['handled', 'dropped'];
      expect(seen).toEqual([[`bounded ${first}`], [`bounded ${second}`]]);
    },
  );

  it('Q1: counts whoever gets it by forwards, once, and not those who get what it brings about', async () => {
    const { bus, pings } = pingTopic();
    const [all, other] = [bus.topic('all'), bus.topic('other')];
    forwardAll(pings, all);
    forwardAll(pings, other);
    forwardAll(other, all);
    const cached = createCachingTopic(pings, createCache({ id: () => 'one' }));
    subscribe(all, () => undefined, { accept: [Ping], name: 'far' });
    subscribe(cached.topic, () => new Promise(() => undefined), { name: 'of the cache' });
    subscribe(pings, () => undefined, { accept: [Ping], name: 'near' });

    const receipt = await pings.deliver(Ping(1));
    expect(outcomes(receipt).sort()).toEqual(['far handled', 'near handled']);
    expect(receipt.deliveries.find(({ name }) => name === 'far')?.topic).toBe('all');
  });

  it('Q1: comes at once when there is nobody, when the topic has ended, and when the type is declined', async () => {
    const { bus, pings } = pingTopic({ declinedMessageTypes: ['declined'] });
    expect((await pings.deliver(Ping(1))).deliveries).toEqual([]);
    subscribe(pings, () => undefined);
    expect((await pings.deliver(messageType<number>('declined')(1))).deliveries).toEqual([]);
    pings.complete();
    expect((await pings.deliver(Ping(1))).deliveries).toEqual([]);
    await bus.close();
  });

  it('Q1: counts a synchronous handler that gets the message after what is being delivered', async () => {
    const { pings } = pingTopic();
    const seen: number[] = [];
    const receipts: Promise<Receipt>[] = [];
    subscribe(pings, ({ data }) => data === 1 && receipts.push(pings.deliver(Ping(2))), {
      accept: [Ping],
      name: 'first',
      delivery: 'synchronous',
    });
    subscribe(pings, ({ data }) => void seen.push(data), { accept: [Ping], name: 'second', delivery: 'synchronous' });
    pings.publish(Ping(1));

    expect(seen).toEqual([1, 2]);
    expect((await Promise.all(receipts)).map(outcomes)).toEqual([['first handled', 'second handled']]);
  });

  it('Q1: a signal that aborts gives it up, and the message goes its way; one that has aborted keeps it back', async () => {
    const { bus, pings } = pingTopic();
    const seen: number[] = [];
    const [door, abort] = [createGate(), new AbortController()];
    subscribe(pings, ({ data }) => (seen.push(data), door.opened), { accept: [Ping] });
    const given = pings.deliver(Ping(1), { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await expect(pings.deliver(Ping(2), { signal: abort.signal })).rejects.toThrow('enough');
    door.open();
    await bus.settled();

    expect(seen).toEqual([1]);
  });

  it('Q1: what cannot be delivered is refused at the call', () => {
    const { pings } = pingTopic();
    expect(() => pings.deliver({} as never)).toThrow(InvalidArgumentError);
    expect(() => pings.deliver(Ping(1), { signal: {} as never })).toThrow('signal to be an AbortSignal');
    pings.unsubscribe();
    expect(() => pings.deliver(Ping(1))).toThrow('unsubscribed');
  });

  it('Q1: thenables that lie end once', async () => {
    const { pings } = pingTopic();
    const lying = {
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        resolve(1);
        reject(2);
        resolve(3);
      },
    };
    subscribe(pings, () => lying, { accept: [Ping], name: 'liar' });
    subscribe(pings, () => lying, { accept: [Ping], name: 'synchronous liar', delivery: 'synchronous' });
    const receipts = await Promise.all([pings.deliver(Ping(1)), pings.deliver(Ping(2))]);

    for (const receipt of receipts) {
      expect(outcomes(receipt).sort()).toEqual(['liar handled', 'synchronous liar handled']);
    }
  });

  it('Q1: of whatever comes between, each names every subscription that its message reached, once', async () => {
    const action = fc.constantFrom(
      'deliver',
      'publish',
      'subscribe',
      'synchronous',
      'asynchronous',
      'failing',
      'leave',
      'turn',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
        const { bus, pings } = pingTopic();
        const all = bus.topic<Message<number>>('all');
        forwardAll(pings, all);
        const living: ReturnType<typeof subscribe>[] = [];
        const given: { readonly receipt: Promise<Receipt>; readonly reached: string[] }[] = [];
        const join = (handler: () => unknown, delivery: 'queued' | 'synchronous' = 'queued') =>
          living.push(subscribe(living.length % 2 === 0 ? pings : all, handler, { accept: [Ping], delivery }));
        for (const name of actions) {
          if (name === 'deliver') given.push({ receipt: pings.deliver(Ping(1)), reached: living.map(({ id }) => id) });
          if (name === 'publish') pings.publish(Ping(2));
          if (name === 'subscribe') join(() => undefined);
          if (name === 'synchronous') join(() => undefined, 'synchronous');
          if (name === 'asynchronous') join(() => Promise.resolve());
          if (name === 'failing') join(() => Promise.reject(new Error()), 'synchronous');
          if (name === 'leave') living.shift()?.unsubscribe();
          if (name === 'turn') await Promise.resolve();
        }
        for (const { receipt, reached } of given) {
          const { deliveries } = await receipt;
          expect(deliveries.map(({ subscription }) => subscription).sort()).toEqual(reached.sort());
        }
        await bus.close();
      }),
    );
  });
});
