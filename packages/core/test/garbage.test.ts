import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  messageType,
  messages,
  subscribe,
  SubscriptionChange,
  type Message,
  type Subscription,
} from '../src/index.js';
import { Channel, snapshotId } from './support/snapshots.js';

const Ping = messageType<number>('ping');
/** Whoever calls it holds on to what it is given. */
const touch = (_: object): void => undefined;

const Pong = messageType<number>('pong');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Whether nothing holds on to it any more. */
async function isGarbage(...refs: readonly WeakRef<object>[]): Promise<boolean> {
  for (let round = 0; round < 10 && refs.some((ref) => ref.deref() !== undefined); round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return refs.every((ref) => ref.deref() === undefined);
}

function numbersTopic() {
  const bus = createBus();
  return { bus, numbers: bus.topic<Message<number>>('numbers') };
}

/** A component, and the hooks of a subscription that hold on to it. */
function hooksOf(component: object) {
  return { onError: () => touch(component), onFinal: () => touch(component) };
}

/** Lives and dies in a function of its own, so that no stack holds on to it. */
async function subscribeAndLeave(
  topic: ReturnType<typeof numbersTopic>['numbers'],
  publish: () => void,
  end: (subscription: Subscription) => void = (subscription) => subscription.unsubscribe(),
): Promise<WeakRef<object>[]> {
  const component = {};
  const handler = (): void => touch(component);
  const subscription = subscribe(topic, handler, { accept: [Ping, Pong], ...hooksOf(component) });
  publish();
  end(subscription);
  await subscription.join();
  return [component, handler, subscription].map((one) => new WeakRef<object>(one));
}

describe('a subscription that is done', () => {
  it('M4: is garbage with its handler and its hooks, though nothing is published any more', async () => {
    const { bus, numbers } = numbersTopic();
    const refs = await subscribeAndLeave(numbers, () => {
      for (const type of [Ping, Pong, Ping]) numbers.publish(type(1));
    });

    expect(await isGarbage(...refs)).toBe(true);
    expect(bus.topics()).toEqual([numbers]);
  });

  it('M4: is garbage, however many idle topics are forwarded to its own', async () => {
    const { numbers } = numbersTopic();
    const pool = createTopicPool(numbers);
    const children = ['a', 'b', 'c'].map((name) => pool.topic(name));
    const refs = await subscribeAndLeave(numbers, () => {
      for (const child of children) child.publish(Ping(1));
    });

    expect(await isGarbage(...refs)).toBe(true);
    expect(pool.size).toBe(3);
  });

  it('M4: is garbage after it has left in the middle of a delivery', async () => {
    const { numbers } = numbersTopic();
    let leave: (() => void) | undefined;
    const observing = numbers.subscribe(() => {
      leave?.();
      leave = undefined;
    });
    const refs = await subscribeAndLeave(
      numbers,
      () => undefined,
      (subscription) => {
        leave = () => subscription.unsubscribe();
        numbers.publish(Ping(1));
      },
    );

    expect(await isGarbage(...refs)).toBe(true);
    observing.unsubscribe();
  });

  it('M4: is garbage with its topic, which somebody keeps', async () => {
    const { numbers } = numbersTopic();
    const refs = await subscribeAndLeave(
      numbers,
      () => numbers.publish(Ping(1)),
      () => numbers.complete(),
    );

    expect(await isGarbage(...refs)).toBe(true);
    expect(numbers.isCompleted).toBe(true);
  });

  it('M4: holds on to neither handler nor hooks, for whoever keeps its handle', async () => {
    const { numbers } = numbersTopic();
    const [component, handler, subscription] = await subscribeAndLeave(numbers, () => numbers.publish(Ping(1))).then(
      ([one, two, three]) => [one!, two!, three!.deref()!] as const,
    );

    expect(await isGarbage(component, handler)).toBe(true);
    expect((subscription as Subscription).isDone).toBe(true);
  });

  it('M4: is not held by the signal that might have ended it', async () => {
    const { numbers } = numbersTopic();
    const { signal } = new AbortController();
    const refs = await (async () => {
      const component = {};
      const subscription = subscribe(numbers, () => touch(component), { signal, ...hooksOf(component) });
      subscription.unsubscribe();
      await subscription.join();
      return [new WeakRef(component), new WeakRef<object>(subscription)];
    })();

    expect(await isGarbage(...refs)).toBe(true);
    expect(signal.aborted).toBe(false);
  });

  it('M4: is garbage, also one that took subscription changes, and one behind messages()', async () => {
    const { bus, numbers } = numbersTopic();
    const refs = await (async () => {
      const component = {};
      subscribe(numbers, () => touch(component), { accept: [SubscriptionChange] }).unsubscribe();
      const observing = messages(numbers).subscribe(() => touch(component));
      numbers.publish(Ping(1));
      observing.unsubscribe();
      await bus.settled();
      return [new WeakRef(component), new WeakRef<object>(observing)];
    })();

    expect(await isGarbage(...refs)).toBe(true);
  });
});

describe('whoever has left', () => {
  it('M4: is garbage: a plain observer', async () => {
    const { numbers } = numbersTopic();
    const ref = (() => {
      const component = {};
      const observing = numbers.subscribe(() => touch(component));
      numbers.publish(Ping(1));
      observing.unsubscribe();
      return new WeakRef(component);
    })();

    expect(await isGarbage(ref)).toBe(true);
  });

  it('M4: is garbage: a watcher of a cache, and a caching topic with its cache', async () => {
    const { bus } = numbersTopic();
    const channels = bus.topic('channels');
    const kept = createCache({ id: snapshotId });
    const refs = (() => {
      const component = {};
      const cache = createCache({ id: snapshotId });
      const cached = createCachingTopic(channels, cache);
      const watching = [cache, kept].map((one) => one.watch(Channel, '1').subscribe(() => touch(component)));
      channels.publish(Channel({ id: '1', state: 'up' }));
      for (const one of watching) one.unsubscribe();
      cached.unsubscribe();
      return [new WeakRef(component), new WeakRef<object>(cache), new WeakRef<object>(cached.topic)];
    })();

    expect(await isGarbage(...refs)).toBe(true);
  });

  it('M4: is garbage: a pooled topic', async () => {
    const { numbers } = numbersTopic();
    const pool = createTopicPool(numbers);
    const ref = (() => {
      const topic = pool.topic('a');
      topic.publish(Ping(1));
      pool.delete('a');
      return new WeakRef<object>(topic);
    })();

    expect(await isGarbage(ref)).toBe(true);
  });
});
