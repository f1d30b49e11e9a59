import * as fc from 'fast-check';
import {
  createBus,
  messageType,
  subscribe,
  type BusOptions,
  type Message,
  type SubscribeOptions,
  type Subscription,
} from '../../src/index.js';
import { createGate } from '../support/gate.js';

const Ping = messageType<number>('ping');

function pingTopic(options: BusOptions = {}) {
  const errors: string[] = [];
  const bus = createBus({ onError: ({ code }) => errors.push(code), ...options });
  return { bus, pings: bus.topic<Message<number>>('pings'), errors };
}

/** Which are not inferred from. */
type Options = Omit<SubscribeOptions, 'accept' | 'acceptFormats'>;
type Pings = ReturnType<typeof pingTopic>['pings'];

function recorded(pings: Pings, options: Options = {}) {
  const seen: (number | 'final')[] = [];
  const handler = ({ data }: Message<number>) => void seen.push(data);
  const subscription = subscribe(pings, handler, { ...options, accept: [Ping], onFinal: () => seen.push('final') });
  return { seen, subscription };
}

const later = () => new Promise((resolve) => setImmediate(resolve));

/** However busy the machine is: a burst gives way when it has lasted for long. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await later();
}

const ways: [string, Options][] = [
  ['queued', {}],
  ['synchronous', { delivery: 'synchronous' }],
  ['a dispatcher of a user', { dispatcher: (drain) => setImmediate(drain) }],
  ['a dispatcher that drains at once', { dispatcher: (drain) => drain() }],
];

describe.each(ways)('a subscription that is paused (%s)', (_, options) => {
  it('H2: keeps what comes in its mailbox, and hands it over in order when it goes on', async () => {
    const { bus, pings } = pingTopic();
    const { seen, subscription } = recorded(pings, options);
    const other = recorded(pings);
    subscription.pause();
    subscription.pause();
    for (const n of [1, 2, 3]) pings.publish(Ping(n));
    await until(() => other.seen.length === 3);
    expect([seen, subscription.isPaused, subscription.depth]).toEqual([[], true, 3]);
    expect(other.seen).toEqual([1, 2, 3]);

    subscription.resume();
    subscription.resume();
    pings.publish(Ping(4));
    await bus.settled();
    expect([seen, subscription.isPaused, subscription.depth]).toEqual([[1, 2, 3, 4], false, 0]);
    await bus.close();
    expect(seen).toEqual([1, 2, 3, 4, 'final']);
  });

  it('H2: steps through it, one message at a time, on the stack of who steps', async () => {
    const { bus, pings } = pingTopic();
    const { seen, subscription } = recorded(pings, options);
    expect(subscription.step()).toBe(false);
    subscription.pause();
    pings.publish(Ping(1));
    pings.publish(Ping(2));
    expect(subscription.step()).toBe(true);
    expect(seen).toEqual([1]);
    await later();
    expect(seen).toEqual([1]);
    expect([subscription.step(), subscription.step()]).toEqual([true, false]);
    expect(seen).toEqual([1, 2]);
    await bus.settled();
    pings.publish(Ping(3));
    await later();
    expect(seen).toEqual([1, 2]);
    subscription.resume();
    await bus.settled();
    expect(seen).toEqual([1, 2, 3]);
    pings.publish(Ping(4));
    await bus.settled();
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('H2: one that pauses itself has no other message, behind its awaits neither; step() waits for no other handler', async () => {
    const { bus, pings } = pingTopic();
    const [seen, steps]: [number[], boolean[]] = [[], []];
    const gate = createGate();
    const subscription = subscribe(
      pings,
      async ({ data }, __, self) => {
        seen.push(data);
        self.pause();
        steps.push(self.step());
        await gate.opened;
        steps.push(self.step());
      },
      { ...options, accept: [Ping] },
    );
    for (let n = 1; n <= 200; n++) pings.publish(Ping(n));
    await until(() => seen.length > 0);
    expect([seen, steps, subscription.step()]).toEqual([[1], [false], false]);
    gate.open();
    await until(() => steps.length > 1);
    await later();
    expect([seen, steps]).toEqual([[1], [false, false]]);
    expect(subscription.step()).toBe(true);
    expect(seen).toEqual([1, 2]);
    subscription.unsubscribe();
    await bus.settled();
    // Each pauses it no more: it has been left.
    expect(seen).toHaveLength(200);
    expect(subscription.isPaused).toBe(false);
  });

  it('H2: one that pauses itself in the middle of a burst has no other message of that', async () => {
    const { bus, pings } = pingTopic();
    const seen: number[] = [];
    const handler = ({ data }: Message<number>, _topic: unknown, self: Subscription) => {
      seen.push(data);
      if (data === 100) self.pause();
    };
    const subscription = subscribe(pings, handler, { ...options, accept: [Ping] });
    for (let n = 1; n <= 200; n++) pings.publish(Ping(n));
    await until(() => subscription.isPaused);
    await later();
    expect([seen.length, subscription.depth]).toEqual([100, 100]);
    await bus.close();
    expect(seen).toHaveLength(200);
  });

  it.each(['unsubscribe', 'complete', 'close'] as const)(
    'H2: however it ends (%s), it gets what is queued, then its final message',
    async (end) => {
      const { bus, pings } = pingTopic();
      const { seen, subscription } = recorded(pings, options);
      subscription.pause();
      pings.publish(Ping(1));
      await later();
      if (end === 'unsubscribe') subscription.unsubscribe();
      else if (end === 'complete') pings.complete();
      else void bus.close();
      subscription.pause();
      await subscription.join();

      expect(seen).toEqual([1, 'final']);
      expect(subscription.isPaused).toBe(false);
      subscription.pause();
      subscription.resume();
      expect(subscription.step()).toBe(false);
      await bus.close();
    },
  );

  it('H2: S1: a handler that resumes itself, and steps, is called for one message at a time', async () => {
    const { bus, pings } = pingTopic();
    let [running, most] = [0, 0];
    const seen: number[] = [];
    const subscription = subscribe(
      pings,
      ({ data }, __, self) => {
        most = Math.max(most, ++running);
        seen.push(data);
        self.pause();
        self.step();
        self.resume();
        self.step();
        if (data % 3 === 0) self.pause();
        running--;
      },
      { ...options, accept: [Ping] },
    );
    subscription.pause();
    for (let n = 1; n <= 10; n++) pings.publish(Ping(n));
    while (subscription.depth > 0) {
      subscription.step();
      await later();
    }
    expect(most).toBe(1);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await bus.close();
  });

  it('H2: whatever is done to it, it sees each message once, in order, and its final message last', async () => {
    const action = fc.constantFrom('publish', 'publish', 'pause', 'resume', 'step', 'turn', 'task');
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), fc.boolean(), async (actions, isAsynchronous) => {
        const { bus, pings } = pingTopic();
        const seen: number[] = [];
        let [published, running, most, pausedFor] = [0, 0, 0, 0];
        const handler = async ({ data }: Message<number>) => {
          most = Math.max(most, ++running);
          seen.push(data);
          if (isAsynchronous) await Promise.resolve();
          running--;
        };
        const subscription = subscribe(pings, handler, { ...options, accept: [Ping] });
        for (const name of actions) {
          const before = seen.length;
          if (name === 'publish') pings.publish(Ping(published++));
          if (name === 'pause') subscription.pause();
          if (name === 'resume') subscription.resume();
          if (name === 'turn') await Promise.resolve();
          if (name === 'task') await later();
          if (name === 'step') expect(subscription.step()).toBe(seen.length === before + 1);
          else if (subscription.isPaused && name !== 'pause') pausedFor += seen.length - before;
        }
        await bus.close();
        expect(most).toBeLessThanOrEqual(1);
        expect(pausedFor).toBe(0);
        expect(seen).toEqual(Array.from({ length: published }, (___, n) => n));
      }),
    );
  });
});

it('H2: S10: a paused mailbox is congested, bounded and counted as ever; settled() and drained() wait for it', async () => {
  const { bus, pings, errors } = pingTopic();
  const { seen, subscription } = recorded(pings, { highWater: 2, lowWater: 0, capacity: 3, overflow: 'drop-oldest' });
  const states: string[] = [];
  const events: string[] = [];
  subscription.congestion$.subscribe(({ state }) => states.push(state));
  bus.events$.subscribe(({ type }) => events.push(type));
  subscription.pause();
  expect([1, 2, 3, 4].map((n) => pings.publish(Ping(n)))).toEqual([true, true, false, false]);
  let waited = 0;
  const waiting = [bus.settled(), pings.drained()].map((promise) => promise.then(() => waited++));
  await later();
  expect([states, errors, waited, bus.statistics().subscriptions[0]?.dropped]).toEqual([['high'], ['OVERFLOW'], 0, 1]);
  subscription.resume();
  await Promise.all(waiting);

  expect(seen).toEqual([2, 3, 4]);
  expect(states).toEqual(['high', 'clear']);
  expect(events).toEqual(
    ['paused', 'congestion', 'dropped', 'error', 'resumed', 'congestion'].filter((type) => events.includes(type)),
  );
});
