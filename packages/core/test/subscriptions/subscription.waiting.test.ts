import { createBus, messageType, subscribe } from '../../src/index.js';
import type { Message, Subscription, SubscribeOptions } from '../../src/index.js';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');
const Other = messageType<number>('other');

/** A topic, and a way to subscribe to it that writes down what the handler gets. */
function numbersTopic() {
  const bus = createBus({ onError: () => undefined });
  const numbers = bus.topic<Message<number>>('numbers');
  const record = (options?: SubscribeOptions) => {
    const seen: string[] = [];
    return { seen, subscription: subscribe(numbers, (message) => seen.push(inWords(message)), options) };
  };
  return { bus, numbers, record };
}

const bothDeliveries = ['queued', 'synchronous'] as const;

describe('asking how a subscription stands', () => {
  it.each(bothDeliveries)(
    'S6: isSubscribed until unsubscribed, isDone from the final message on (%s)',
    async (delivery) => {
      const { bus, numbers } = numbersTopic();
      const states: string[] = [];
      const note = (where: string, { isSubscribed, isDone }: Subscription) =>
        states.push(`${where} ${String(isSubscribed)} ${String(isDone)}`);
      const subscription = subscribe(
        numbers,
        (message, _, self) => note(message.data === 1 ? 'message' : inWords(message), self),
        { delivery },
      );

      numbers.publish(Ping(1));
      await bus.settled();
      subscription.unsubscribe();
      await bus.settled();
      note('afterwards', subscription);

      expect(states).toEqual([
        'Subscribe numbers#1 true false',
        'message true false',
        'Unsubscribe numbers#1 false true',
        'afterwards false true',
      ]);
    },
  );

  it('S6: between unsubscribe and the final message it is neither', () => {
    const { record } = numbersTopic();
    const { subscription } = record();

    subscription.unsubscribe();

    expect(subscription).toMatchObject({ isSubscribed: false, isDone: false });
  });

  it('S6: isFinal knows the final message also afterwards', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: Message[] = [];
    const subscription = subscribe(numbers, (message) => seen.push(message));

    subscription.unsubscribe();
    await bus.settled();

    expect(seen.map((message) => subscription.isFinal(message))).toEqual([false, true]);
  });
});

describe('join', () => {
  it.each(bothDeliveries)('S6: waits until the final message has been handled (%s)', async (delivery) => {
    const { numbers } = numbersTopic();
    const gate = createGate();
    const steps: string[] = [];
    const subscription = subscribe(
      numbers,
      async (message, _, self) => {
        if (!self.isFinal(message)) return;
        steps.push('final begins');
        await gate.opened;
        steps.push('final ends');
      },
      { delivery },
    );
    const joined = subscription.join().then(() => steps.push('joined'));

    subscription.unsubscribe();
    await Promise.resolve();
    gate.open();
    await joined;

    expect(steps).toEqual(['final begins', 'final ends', 'joined']);
  });

  it.each(bothDeliveries)('S6: settles when the handler throws on the final message (%s)', async (delivery) => {
    const { numbers } = numbersTopic();
    const onError = jest.fn();
    const subscription = subscribe(
      numbers,
      (message, _, self) => {
        if (self.isFinal(message)) throw new Error('at last');
      },
      { delivery, onError },
    );

    subscription.unsubscribe();
    await subscription.join();

    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('S6: settles when the handler rejects on the final message', async () => {
    const { numbers } = numbersTopic();
    const subscription = subscribe(numbers, () => Promise.reject(new Error('always')));

    subscription.unsubscribe();

    await expect(subscription.join()).resolves.toBeUndefined();
  });

  it.each(bothDeliveries)('S6: settles when the filter keeps the final message back (%s)', async (delivery) => {
    const { record } = numbersTopic();
    const { seen, subscription } = record({ accept: [Ping], delivery });

    subscription.unsubscribe();
    await subscription.join();

    expect(seen).toEqual([]);
    expect(subscription.isDone).toBe(true);
  });

  it('S6: settles when a filter is given while the final message waits', async () => {
    const { record } = numbersTopic();
    const { subscription } = record();

    subscription.unsubscribe();
    subscription.accept(Ping);

    await expect(subscription.join()).resolves.toBeUndefined();
  });

  it('S6: settles for everyone who waits, before and after', async () => {
    const { record } = numbersTopic();
    const { subscription } = record();
    const early = [subscription.join(), subscription.join()];

    subscription.unsubscribe();
    await Promise.all(early);

    await expect(subscription.join()).resolves.toBeUndefined();
  });

  it('S6: waits for nobody else', async () => {
    const { numbers, record } = numbersTopic();
    subscribe(numbers, () => new Promise(() => undefined));
    const { subscription } = record();

    subscription.unsubscribe();

    await expect(subscription.join()).resolves.toBeUndefined();
  });
});

describe('publishSync', () => {
  it.each(bothDeliveries)('T5: waits until this subscription has handled the message (%s)', async (delivery) => {
    const { numbers } = numbersTopic();
    const gate = createGate();
    const steps: string[] = [];
    const subscription = subscribe(
      numbers,
      async (message) => {
        await gate.opened;
        steps.push(inWords(message));
      },
      { delivery },
    );
    numbers.publish(Ping(1));
    const published = subscription.publishSync(Ping(2)).then(() => steps.push('published'));

    gate.open();
    await published;

    expect(steps).toEqual(['Subscribe numbers#1', '1', '2', 'published']);
  });

  it('T5: does not wait for what comes after', async () => {
    const { numbers } = numbersTopic();
    const third = createGate();
    const subscription = subscribe(numbers, (message) => (message.data === 3 ? third.opened : undefined), {
      accept: [Ping],
    });

    const published = subscription.publishSync(Ping(2));
    numbers.publish(Ping(3));

    await expect(published).resolves.toBeUndefined();
  });

  it('T5: gives the message to the others as usual, and waits for none of them', async () => {
    const { numbers, record } = numbersTopic();
    subscribe(numbers, () => new Promise(() => undefined));
    const other = record({ accept: [Ping] });
    const { seen, subscription } = record({ accept: [Ping] });

    await subscription.publishSync(Ping(1));

    expect([other.seen, seen]).toEqual([['1'], ['1']]);
  });

  it.each(bothDeliveries)('T5: settles when the handler fails (%s)', async (delivery) => {
    const { numbers } = numbersTopic();
    const throwing = subscribe(
      numbers,
      () => {
        throw new Error('no');
      },
      { delivery },
    );
    const rejecting = subscribe(numbers, () => Promise.reject(new Error('no')), { delivery });

    await expect(throwing.publishSync(Ping(1))).resolves.toBeUndefined();
    await expect(rejecting.publishSync(Ping(2))).resolves.toBeUndefined();
  });

  it('T5: settles when the filter declines the message', async () => {
    const { bus, record } = numbersTopic();
    const other = record({ accept: [Ping] });
    const { seen, subscription } = record({ accept: [Other] });

    await subscription.publishSync(Ping(1));
    await bus.settled();

    expect([seen, other.seen]).toEqual([[], ['1']]);
  });

  it('T5: settles when the subscription has ended, and still publishes', async () => {
    const { bus, record } = numbersTopic();
    const other = record({ accept: [Ping] });
    const { seen, subscription } = record({ accept: [Ping] });
    await subscription[Symbol.asyncDispose]();

    await subscription.publishSync(Ping(1));
    await bus.settled();

    expect([seen, other.seen]).toEqual([[], ['1']]);
  });

  it('T5: works from inside a handler of another subscription', async () => {
    const { bus, record } = numbersTopic();
    const { seen, subscription } = record({ accept: [Ping], delivery: 'synchronous' });
    const steps: string[] = [];
    const others = bus.topic('others');
    subscribe(
      others,
      async () => {
        await subscription.publishSync(Ping(1));
        steps.push(...seen, 'published');
      },
      { accept: [Other], delivery: 'synchronous' },
    );

    others.publish(Other(1));
    await bus.settled();

    expect(steps).toEqual(['1', 'published']);
  });

  it('refuses what is no message, at once', () => {
    const { record } = numbersTopic();
    const { subscription } = record();

    expect(() => subscription.publishSync({ data: 1 } as never)).toThrow(
      '[core] publish(): expected a message, as message types make them, got Object (object).',
    );
  });
});

describe('a native promise with a then of its own', () => {
  type Settle = () => void;
  const promiseWith = (then: (settle: Settle) => void): Promise<unknown> => Object.assign(Promise.resolve(), { then });

  it.each(bothDeliveries)('S1: overlaps nothing when it calls back twice (%s)', async (delivery) => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    let [running, most] = [0, 0];
    const twice = promiseWith((settle) => {
      running--;
      settle();
      setImmediate(settle);
    });
    const slow = async (): Promise<void> => {
      for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    const handler = ({ data }: Message<number>): unknown => {
      most = Math.max(most, ++running);
      return data === 1 ? twice : slow();
    };
    subscribe(numbers, handler, { accept: [Ping], delivery });

    for (let n = 1; n <= 3; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect([running, most]).toEqual([0, 1]);
  });

  it('S1: miscounts nothing when it calls back at once, for a final message', async () => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const atOnce = (): Promise<unknown> => promiseWith((settle) => settle());
    const first = subscribe(numbers, (message, _, self) => (self.isFinal(message) ? atOnce() : undefined), {
      delivery: 'synchronous',
    });
    first.unsubscribe();
    await first.join();
    let isFinished = false;
    const slow = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      isFinished = true;
    };
    subscribe(numbers, slow, { accept: [Ping] });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(isFinished).toBe(true);
  });
});
