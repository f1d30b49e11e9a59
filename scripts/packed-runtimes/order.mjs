import assert from 'node:assert/strict';
import { createBus, createTopicPool, forwardAll, messageType, subscribe } from '@stasis-rx/core';

const Numbered = messageType('numbered');

/** So many whole numbers, from 0. */
const upTo = (count) => Array.from({ length: count }, (_, index) => index);

async function iterate(numbers, seen) {
  for await (const { data } of numbers) seen.push(data);
}

export const order = {
  'T3: handlers, plain observers and iterators see messages in the order of publishing': async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const seen = { queued: [], synchronous: [], observed: [], iterated: [] };
    subscribe(numbers, ({ data }) => seen.queued.push(data), { accept: [Numbered] });
    subscribe(numbers, ({ data }) => seen.synchronous.push(data), { accept: [Numbered], delivery: 'synchronous' });
    numbers.subscribe(({ data }) => seen.observed.push(data));
    const iterating = iterate(numbers, seen.iterated);

    for (const n of upTo(100)) numbers.publish(Numbered(n));
    await bus.close();
    await iterating;

    for (const numbersSeen of Object.values(seen)) assert.deepEqual(numbersSeen, upTo(100));
  },

  'T3: what a handler publishes comes after what was published before it': async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const seen = { queued: [], synchronous: [] };
    const record = (list) => (message) => list.push(message.data);
    subscribe(numbers, ({ data }) => data < 3 && numbers.publish(Numbered(data + 10)), { accept: [Numbered] });
    subscribe(numbers, record(seen.queued), { accept: [Numbered] });
    subscribe(numbers, record(seen.synchronous), { accept: [Numbered], delivery: 'synchronous' });

    for (const n of upTo(3)) numbers.publish(Numbered(n));
    await bus.settled();

    assert.deepEqual(seen, { queued: [0, 1, 2, 10, 11, 12], synchronous: [0, 1, 2, 10, 11, 12] });
  },

  'S1: an asynchronous handler has one message at a time, in order': async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const seen = [];
    let running = 0;
    const handle = async ({ data }) => {
      assert.equal(++running, 1);
      await (data % 2 === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve)));
      seen.push(data);
      running--;
    };
    const errors = [];
    subscribe(numbers, handle, { accept: [Numbered], onError: (error) => errors.push(error) });

    for (const n of upTo(20)) numbers.publish(Numbered(n));
    await bus.close();

    assert.deepEqual(errors, []);
    assert.deepEqual(seen, upTo(20));
  },

  'F2: what is published in turn on two children reaches the parent in that turn': async () => {
    const bus = createBus();
    const all = bus.topic('all');
    const pool = createTopicPool(all);
    const elsewhere = bus.topic('elsewhere');
    forwardAll(all, elsewhere);
    const seen = { child: [], parent: [], elsewhere: [] };
    const record =
      (list) =>
      ({ data }, { name }) =>
        list.push(`${name} ${data}`);
    subscribe(pool.topic('a'), record(seen.child), { accept: [Numbered] });
    subscribe(all, record(seen.parent), { accept: [Numbered] });
    subscribe(elsewhere, record(seen.elsewhere), { accept: [Numbered], delivery: 'synchronous' });

    for (const n of upTo(4)) pool.topic(n % 2 === 0 ? 'a' : 'b').publish(Numbered(n));
    await bus.close();

    const inTurn = ['all/a 0', 'all/b 1', 'all/a 2', 'all/b 3'];
    assert.deepEqual(seen, { child: ['all/a 0', 'all/a 2'], parent: inTurn, elsewhere: inTurn });
  },
};
