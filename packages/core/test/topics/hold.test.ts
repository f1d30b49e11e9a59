import { AsyncLocalStorage } from 'node:async_hooks';
import * as fc from 'fast-check';
import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  forwardAll,
  InvalidArgumentError,
  messageType,
  subscribe,
  SubscriptionChange,
  type BusOptions,
  type Message,
} from '../../src/index.js';

import { Gate } from '../../src/topics/gate.js';
import type { Probes } from '../../src/watching/probes.js';

const Ping = messageType<number>('ping');

function heldPings(options: BusOptions = {}) {
  const errors: string[] = [];
  const bus = createBus({ held: true, onError: ({ code }) => errors.push(code), ...options });
  return { bus, pings: bus.topic<Message<number>>('pings'), errors };
}

describe('a bus that is held', () => {
  it.each(['queued', 'synchronous'] as const)(
    'H1: keeps what is published, and delivers it in order at the release, to who has come meanwhile (%s)',
    async (delivery) => {
      const { bus, pings } = heldPings();
      const others = bus.topic<Message<number>>('others');
      const seen: number[] = [];
      expect(bus.isHeld).toBe(true);
      for (const n of [1, 3]) {
        expect(pings.publish(Ping(n))).toBe(true);
        others.publish(Ping(n + 1));
      }
      const all = bus.topic<Message<number>>('all');
      forwardAll(pings, all);
      forwardAll(others, all);
      subscribe(all, ({ data }) => seen.push(data), { accept: [Ping], delivery });
      await bus.settled();
      expect(seen).toEqual([]);

      bus.release();
      await bus.settled();
      expect(bus.isHeld).toBe(false);
      expect(seen).toEqual([1, 2, 3, 4]);
      pings.publish(Ping(5));
      await bus.settled();
      expect(seen).toEqual([1, 2, 3, 4, 5]);
    },
  );

  it('H1: writes no cache, tells no plain observer and no state observer before the release', () => {
    const { bus, pings } = heldPings();
    const cache = createCache({ id: () => 'one' });
    const cached = createCachingTopic(pings, cache);
    const [observed, updates]: [number[], unknown[]] = [[], []];
    pings.subscribe(({ data }) => observed.push(data));
    cached.topic.subscribe(({ data }) => updates.push((data.newSnapshot as Message<number>).data));
    const states = createStateManager<Message<number>>(bus, 'states');
    states.observe({ publish: (_, { data }) => observed.push(data) });
    pings.publish(Ping(1));
    pings.publish(Ping(2));
    states.publish('one', Ping(7));
    states.remove('one', undefined, Ping(8));
    states.topic.subscribe(({ data }) => observed.push(data));
    expect([observed, updates, cache.size, states.get('one')]).toEqual([[], [], 0, undefined]);

    bus.release();
    expect(updates).toEqual([1, 2]);
    expect(observed).toEqual([1, 2, 7, 7, 8, 8]);
    expect(states.ids()).toEqual([]);
    expect(cache.get(Ping, 'one')?.data).toBe(2);
  });

  it('H1: what a handler publishes at the release comes where it would have come without the hold', () => {
    const run = (isHeld: boolean) => {
      const { bus, pings } = heldPings({ held: isHeld });
      const seen: number[] = [];
      subscribe(pings, ({ data }) => data < 10 && pings.publish(Ping(data * 10)), {
        accept: [Ping],
        delivery: 'synchronous',
      });
      pings.subscribe(({ data }) => seen.push(data));
      pings.publish(Ping(1));
      pings.publish(Ping(2));
      bus.release();
      return seen;
    };
    expect(run(true)).toEqual([1, 10, 2, 20]);
    expect(run(true)).toEqual(run(false));
  });

  it('H1: hold and release twice do nothing; events tell of both', async () => {
    const { bus, pings } = heldPings({ held: false });
    const events: string[] = [];
    bus.events$.subscribe(({ type }) => /held|released/.exec(type) && events.push(type));
    const seen: number[] = [];
    subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping] });
    pings.publish(Ping(1));
    bus.release();
    bus.hold();
    bus.hold();
    pings.publish(Ping(2));
    await bus.settled();
    expect([bus.isHeld, seen]).toEqual([true, [1]]);
    bus.release();
    bus.release();
    await bus.settled();

    expect(seen).toEqual([1, 2]);
    expect(events).toEqual(['held', 'released']);
    expect(pings.publish(Ping(3))).toBe(true);
  });

  it('H1: a topic that ends while the bus is held ends at the release, behind what was published on it', async () => {
    const { bus, pings } = heldPings();
    const told: unknown[] = [];
    const [completed, failed, closed] = [pings, bus.topic('failed'), bus.topic<Message<number>>('closed')];
    for (const topic of [completed, failed, closed]) {
      const name = (text: unknown) => told.push(`${topic.name} ${String(text)}`);
      topic.subscribe({ next: ({ data }) => name(data), error: () => name('error'), complete: () => name('complete') });
      topic.publish(Ping(1));
    }
    completed.complete();
    failed.error(new Error('boom'));
    closed.unsubscribe();
    completed.publish(Ping(2));
    expect(() => closed.publish(Ping(2))).toThrow('unsubscribed');
    expect(completed.isCompleted).toBe(false);
    const pool = createTopicPool(bus.topic('pool'));
    pool.topic('one').publish(Ping(1));
    pool.delete('one');
    expect(told).toEqual([]);

    bus.release();
    expect(told).toEqual(['pings 1', 'failed 1', 'closed 1', 'pings complete', 'failed error']);
    expect([completed, failed, closed].map(({ isCompleted }) => isCompleted)).toEqual([true, true, true]);
    expect([bus.find('closed'), pool.has('one')]).toEqual([undefined, false]);
    await bus.close();
  });

  it('H1: closing delivers what is kept, also in the middle of a release', async () => {
    const { bus, pings } = heldPings();
    const seen: unknown[] = [];
    subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping], onFinal: () => seen.push('final') });
    pings.publish(Ping(1));
    const events: string[] = [];
    bus.events$.subscribe(({ type }) => events.push(type));
    await bus.close();
    expect(seen).toEqual([1, 'final']);
    expect(events[0]).toBe('released');
    bus.hold();
    expect(bus.isHeld).toBe(false);

    const other = heldPings();
    const later: unknown[] = [];
    let closing: Promise<void> | undefined;
    subscribe(other.pings, () => void (closing ??= other.bus.close()), { accept: [Ping], delivery: 'synchronous' });
    subscribe(other.pings, ({ data }) => later.push(data), { accept: [Ping] });
    for (const n of [1, 2, 3]) other.pings.publish(Ping(n));
    other.bus.release();
    await closing;
    expect(later).toEqual([1, 2, 3]);
  });

  it('H1: keeps so many publishes, refuses the others, and reports that once; drained() waits for the release', async () => {
    const { bus, pings, errors } = heldPings({ heldCapacity: 2 });
    const seen: number[] = [];
    subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping] });
    expect([1, 2, 3, 4].map((n) => pings.publish(Ping(n)))).toEqual([true, true, false, false]);
    await expect(pings.deliver(Ping(5))).rejects.toMatchObject({ code: 'OVERFLOW' });
    expect(errors).toEqual(['OVERFLOW']);
    let isDrained = false;
    const drained = pings.drained().then(() => (isDrained = true));
    await new Promise(setImmediate);
    expect(isDrained).toBe(false);
    bus.release();
    await drained;
    await bus.settled();
    expect(seen).toEqual([1, 2]);
    bus.hold();
    expect([6, 7, 8].map((n) => pings.publish(Ping(n)))).toEqual([true, true, false]);
    expect(errors).toEqual(['OVERFLOW', 'OVERFLOW']);
  });

  it('H1: subscribing and leaving go on, with their announcement and their final message', async () => {
    const { bus, pings } = heldPings();
    const changes: string[] = [];
    pings.publish(Ping(1));
    const seen: number[] = [];
    const leaves = subscribe(pings, (message) => {
      if (SubscriptionChange.is(message)) changes.push(message.data.description);
      else seen.push(message.data);
    });
    leaves.unsubscribe();
    await leaves.join();
    bus.release();
    await bus.settled();

    expect(changes).toEqual(['Subscribe', 'Unsubscribe']);
    expect(seen).toEqual([]);
  });

  it('H1: a receipt and publishSync come after the release', async () => {
    const { bus, pings } = heldPings();
    const seen: number[] = [];
    const subscription = subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping], name: 'one' });
    const done: string[] = [];
    const receipt = pings.deliver(Ping(1)).then(({ deliveries }) => done.push(`receipt of ${deliveries.length}`));
    const handled = subscription.publishSync(Ping(2)).then(() => done.push(`handled ${seen.length}`));
    await new Promise(setImmediate);
    expect(done).toEqual([]);
    bus.release();
    await Promise.all([receipt, handled]);

    expect(done.sort()).toEqual(['handled 2', 'receipt of 1']);
  });

  it('H1: K1: plain observers and synchronous handlers run in the context of who published, also by default', () => {
    const storage = new AsyncLocalStorage<string>();
    const { bus, pings } = heldPings();
    const seen: (string | undefined)[] = [];
    pings.subscribe(() => seen.push(storage.getStore()));
    subscribe(pings, () => seen.push(storage.getStore()), { accept: [Ping], delivery: 'synchronous' });
    storage.run('ann', () => pings.publish(Ping(1)));
    storage.run('the release', () => {
      bus.release();
    });
    expect(seen).toEqual(['ann', 'ann']);
  });

  it('H1: K1: handlers run in the context in which their message was published, and not in that of the release', async () => {
    const storage = new AsyncLocalStorage<string>();
    const { bus, pings } = heldPings({ context: 'publisher' });
    const seen: (string | undefined)[] = [];
    subscribe(pings, () => seen.push(storage.getStore()), { accept: [Ping] });
    subscribe(pings, () => seen.push(storage.getStore()), { accept: [Ping], delivery: 'synchronous' });
    storage.run('ann', () => pings.publish(Ping(1)));
    storage.run('bob', () => pings.publish(Ping(2)));
    storage.run('the release', () => {
      bus.release();
    });
    await bus.settled();

    expect(seen).toEqual(['ann', 'bob', 'ann', 'bob']);
  });

  it('H1: T6: a handler that throws stops no other kept message', () => {
    const { bus, pings, errors } = heldPings();
    const seen: number[] = [];
    const fail = () => {
      throw new Error('boom');
    };
    subscribe(pings, fail, { accept: [Ping], delivery: 'synchronous' });
    pings.subscribe(({ data }) => seen.push(data));
    pings.publish(Ping(1));
    pings.publish(Ping(2));
    bus.release();
    expect(seen).toEqual([1, 2]);
    expect(errors).toEqual(['DISPATCH', 'DISPATCH']);
  });

  it('H1: what fails at the release is reported, and keeps nothing else back', () => {
    const codes: string[] = [];
    const probes = { keep: (task: () => unknown) => task } as unknown as Probes;
    const gate = new Gate(10, { report: ({ code }) => codes.push(code), contexts: undefined, probes });
    const done: number[] = [];
    gate.hold();
    gate.pass(() => {
      throw new Error('boom');
    });
    gate.keep(() => done.push(1));
    expect(gate.release()).toBe(true);
    expect([codes, done]).toEqual([['DELIVERY'], [1]]);
  });

  it('H1: a bad option is refused', () => {
    expect(() => createBus({ held: 1 as never })).toThrow(InvalidArgumentError);
    expect(() => createBus({ heldCapacity: 0 })).toThrow('heldCapacity to be an integer of at least 1');
  });

  it('H1: whenever it is held and released, each subscription sees what came since its beginning, in order', async () => {
    const action = fc.constantFrom('publish', 'publish', 'hold', 'release', 'queued', 'synchronous', 'turn');
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        const { bus, pings } = heldPings({ held: false });
        const lists: { readonly seen: number[]; readonly from: number }[] = [];
        let [published, delivered] = [0, 0];
        for (const name of actions) {
          if (name === 'publish') pings.publish(Ping(published++));
          if (name === 'hold') bus.hold();
          if (name === 'release') bus.release();
          if (name === 'turn') await Promise.resolve();
          if (name === 'queued' || name === 'synchronous') {
            const seen: number[] = [];
            lists.push({ seen, from: delivered });
            subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping], delivery: name });
          }
          if (!bus.isHeld) delivered = published;
        }
        await bus.close();
        for (const { seen, from } of lists) {
          expect(seen).toEqual(Array.from({ length: published - from }, (_, n) => from + n));
        }
      }),
    );
  });
});
