import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createBus, messageType, subscribe } from '@stasis-rx/core';

const Numbered = messageType('numbered');

/** How many messages a burst has, and how long each is worked on: 200 ms in all, and timers are to come after 8. */
const BURST = 40_000;
const WORK_MS = 0.005;

/** A topic with a handler that works for so long on each message, and a count of those that it has had. */
function busyTopic(workMs = WORK_MS) {
  const bus = createBus();
  const numbers = bus.topic('numbers');
  const progress = { handled: 0 };
  const handle = () => {
    for (const end = performance.now() + workMs; performance.now() < end;);
    progress.handled++;
  };
  const subscription = subscribe(numbers, handle, { accept: [Numbered] });
  return { bus, numbers, subscription, progress };
}

export const turns = {
  'T2: timers get their turn again and again during a long burst': async () => {
    const { bus, numbers, progress } = busyTopic();
    const ticks = [];
    const timer = setInterval(() => ticks.push(progress.handled), 1);
    for (let n = 0; n < BURST; n++) numbers.publish(Numbered(n));
    await bus.settled();
    clearInterval(timer);

    const during = ticks.filter((handled) => handled > 0 && handled < BURST);
    assert.ok(during.length >= 5, `the timer came ${during.length} times while ${BURST} messages were handled`);
    assert.equal(progress.handled, BURST);
  },

  'T2: sockets get their turn during a long burst': async () => {
    const { bus, numbers, progress } = busyTopic();
    const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const greeted = once(connect(server.address().port, '127.0.0.1').resume(), 'end').then(() => progress.handled);
    for (let n = 0; n < BURST; n++) numbers.publish(Numbered(n));
    await bus.settled();
    const handled = await greeted;
    await new Promise((resolve) => server.close(resolve));

    assert.ok(handled < BURST, `nothing was read before all ${BURST} messages were handled`);
  },

  'T2: timers get their turn while somebody publishes and awaits in a loop': async () => {
    const { bus, subscription, progress } = busyTopic(1);
    let hasFired = false;
    const timer = setTimeout(() => (hasFired = true), 1);
    while (!hasFired && progress.handled < 100) await subscription.publishSync(Numbered(0));
    clearTimeout(timer);
    await bus.close();

    assert.ok(hasFired, `the timer did not come in ${progress.handled} ms`);
  },

  'K1: handlers run in the context in which the bus was made': async () => {
    assert.deepEqual(await namesSeen('bus'), ['maker', 'maker', 'maker', 'maker']);
  },

  'K1: handlers run in the context of their own publisher, also behind one that awaits': async () => {
    assert.deepEqual(await namesSeen('publisher'), ['ann', 'ann, later', 'bob', 'bob, later']);
  },
};

/** The names in whose context an asynchronous handler of two publishers' messages goes on. */
async function namesSeen(context) {
  const storage = new AsyncLocalStorage();
  const seen = [];
  const bus = storage.run('maker', () => createBus({ context }));
  const numbers = bus.topic('numbers');
  const handle = async () => {
    const name = storage.getStore();
    seen.push(name);
    await Promise.resolve();
    seen.push(storage.getStore() === 'maker' ? 'maker' : `${storage.getStore()}, later`);
  };
  subscribe(numbers, handle, { accept: [Numbered] });
  storage.run('ann', () => numbers.publish(Numbered(0)));
  storage.run('bob', () => numbers.publish(Numbered(1)));
  await bus.close();
  return seen;
}
