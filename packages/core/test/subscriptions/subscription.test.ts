import { createBus, forwardAll, messageType, subscribe, SubscriptionChange } from '../../src/index.js';
import type { Message, Subscription, SubscribeOptions, Topic } from '../../src/index.js';
import { Subscription as RxSubscription } from 'rxjs';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';
import { busOf } from '../../src/subscriptions/subscriptions-context.js';

const Ping = messageType<number>('ping');

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

describe('what a handler gets', () => {
  it.each(bothDeliveries)('S2: the message, the topic and the subscription (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const handler = jest.fn();
    const subscription = subscribe(numbers, handler, { accept: [Ping], delivery });
    const message = Ping(1);

    numbers.publish(message);
    await bus.settled();

    expect(handler.mock.calls).toEqual([[message, numbers, subscription]]);
    expect((handler.mock.calls as unknown[][])[0]?.[0]).toBe(message);
    expect((handler.mock.calls as unknown[][])[0]?.[1]).toBe(numbers);
    expect((handler.mock.calls as unknown[][])[0]?.[2]).toBe(subscription);
  });

  it.each(bothDeliveries)(
    'S2: the topic of the first publish, however many forwards lie between (%s)',
    async (delivery) => {
      const { bus, numbers } = numbersTopic();
      const [middle, top] = [bus.topic('middle'), bus.topic('top')];
      forwardAll(numbers, middle);
      forwardAll(middle, top);
      const origins: Topic[] = [];
      subscribe(top, (_, topic) => origins.push(topic), { accept: [Ping], delivery });

      numbers.publish(Ping(1));
      middle.publish(Ping(2));
      top.publish(Ping(3));
      await bus.settled();

      expect(origins.map(({ name }) => name)).toEqual(['numbers', 'middle', 'top']);
    },
  );

  it('S2: its own topic with subscription changes of its own', async () => {
    const { bus, numbers } = numbersTopic();
    const origins: Topic[] = [];
    const subscription = subscribe(numbers, (_, topic) => origins.push(topic));

    subscription.unsubscribe();
    await bus.settled();

    expect(origins).toEqual([numbers, numbers]);
  });
});

describe('subscribing', () => {
  it.each(bothDeliveries)('S3: announces the subscription, to itself first (%s)', async (delivery) => {
    const { bus, numbers, record } = numbersTopic();
    const { seen, subscription } = record({ delivery });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([`Subscribe ${subscription.id}`, '1']);
  });

  it.each(bothDeliveries)('S3: announces the subscription to those that are there (%s)', async (delivery) => {
    const { bus, record } = numbersTopic();
    const first = record({ delivery });
    const second = record();
    await bus.settled();

    expect(first.seen).toEqual([`Subscribe ${first.subscription.id}`, `Subscribe ${second.subscription.id}`]);
    expect(second.seen).toEqual([`Subscribe ${second.subscription.id}`]);
  });

  it('S3: tells the topic, the unique id and what happened', async () => {
    const { bus, numbers } = numbersTopic();
    const changes: unknown[] = [];
    const subscription = subscribe(numbers, (message) => changes.push(message.data), { accept: [SubscriptionChange] });

    subscription.unsubscribe();
    await bus.settled();

    expect(changes).toEqual([
      { topic: 'numbers', uniqueId: subscription.id, description: 'Subscribe' },
      { topic: 'numbers', uniqueId: subscription.id, description: 'Unsubscribe' },
    ]);
  });

  it('S3: announces the subscription on the topics that this one is forwarded to', async () => {
    const { bus, numbers, record } = numbersTopic();
    const all = bus.topic('all');
    forwardAll(numbers, all);
    const seen: string[] = [];
    subscribe(all, (message) => seen.push(inWords(message)));

    const { subscription } = record();
    subscription.unsubscribe();
    await bus.settled();

    expect(seen).toEqual(['Subscribe all#1', 'Subscribe numbers#2', 'Unsubscribe numbers#2']);
  });

  it('gives every subscription of the bus an id of its own', () => {
    const { bus, record } = numbersTopic();
    const ids = [record(), record()].map(({ subscription }) => subscription.id);

    expect([...ids, subscribe(bus.topic('others'), () => undefined).id]).toEqual([
      'numbers#1',
      'numbers#2',
      'others#3',
    ]);
  });
});

describe('unsubscribing', () => {
  it.each(bothDeliveries)('S4: delivers what was queued, then one final message (%s)', async (delivery) => {
    const { bus, numbers, record } = numbersTopic();
    const { seen, subscription } = record({ delivery });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    subscription.unsubscribe();
    numbers.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([`Subscribe ${subscription.id}`, '1', '2', `Unsubscribe ${subscription.id}`]);
  });

  it('S4: delivers what is queued behind an asynchronous handler, then the final message', async () => {
    const { bus, numbers } = numbersTopic();
    const gate = createGate();
    const seen: string[] = [];
    const handler = async (message: Message): Promise<void> => {
      await gate.opened;
      seen.push(inWords(message));
    };
    const subscription = subscribe(numbers, handler, { delivery: 'synchronous' });

    numbers.publish(Ping(1));
    subscription.unsubscribe();
    numbers.publish(Ping(2));
    expect(seen).toEqual([]);
    gate.open();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1']);
  });

  it('S4: comes after what was forwarded before it', async () => {
    const { bus, numbers, record } = numbersTopic();
    const child = bus.topic<Message<number>>('child');
    forwardAll(child, numbers);
    const { seen, subscription } = record({ accept: [Ping, SubscriptionChange] });

    child.publish(Ping(1));
    subscription.unsubscribe();
    child.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1']);
  });

  it('S4: gives a final message also where subscription changes are a declined message type', async () => {
    const bus = createBus({ declinedMessageTypes: ['stasis_subscription_change'] });
    const seen: string[] = [];
    const subscription = subscribe(bus.topic('numbers'), (message) => seen.push(inWords(message)));

    await subscription[Symbol.asyncDispose]();

    expect(seen).toEqual(['Unsubscribe numbers#1']);
  });

  it.each(bothDeliveries)('S5: is seen by the others as the same message (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const finals: Message[] = [];
    const others: Message[] = [];
    subscribe(numbers, (message) => others.push(message), { delivery });
    const subscription = subscribe(
      numbers,
      (message, _, self) => {
        if (self.isFinal(message)) finals.push(message);
      },
      { delivery },
    );

    subscription.unsubscribe();
    await bus.settled();

    expect(finals).toHaveLength(1);
    expect(others.at(-1)).toBe(finals[0]);
  });

  it.each(bothDeliveries)("S5: of somebody else is not one's own final message (%s)", async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const finals: string[] = [];
    const subscribeFinal = (): Subscription =>
      subscribe(
        numbers,
        (message, _, self) => {
          if (self.isFinal(message)) finals.push(`${self.id}: ${inWords(message)}`);
        },
        { delivery },
      );
    const first = subscribeFinal();
    const second = subscribeFinal();

    first.unsubscribe();
    await bus.settled();
    expect(finals).toEqual(['numbers#1: Unsubscribe numbers#1']);
    expect(second.isDone).toBe(false);

    second.unsubscribe();
    await bus.settled();
    expect(finals).toEqual(['numbers#1: Unsubscribe numbers#1', 'numbers#2: Unsubscribe numbers#2']);
  });

  it('S5: takes nobody in who publishes an Unsubscribe with the same id', async () => {
    const bus = createBus();
    const numbers = bus.topic('numbers');
    const handler = jest.fn();
    const subscription = subscribe(numbers, handler);
    const forged = SubscriptionChange({ topic: 'numbers', uniqueId: subscription.id, description: 'Unsubscribe' });

    numbers.publish(forged);
    await bus.settled();

    expect(handler).toHaveBeenCalledWith(forged, numbers, subscription);
    expect(subscription.isFinal(forged)).toBe(false);
    expect(subscription).toMatchObject({ isSubscribed: true, isDone: false });
  });

  it.each(bothDeliveries)('S5: is seen before what is published during the final message (%s)', async (delivery) => {
    const { bus, numbers, record } = numbersTopic();
    const watchers = [record(), record({ delivery: 'synchronous' })];
    const subscription = subscribe(
      numbers,
      (message, _, self) => {
        if (self.isFinal(message)) numbers.publish(Ping(1));
      },
      { delivery },
    );

    subscription.unsubscribe();
    await bus.settled();

    for (const { seen } of watchers) expect(seen.slice(-2)).toEqual([`Unsubscribe ${subscription.id}`, '1']);
  });
});

describe('unsubscribing at odd times', () => {
  it.each(bothDeliveries)('S7: inside the handler, it handles what was published before (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(
      numbers,
      (message, _, self) => {
        seen.push(inWords(message));
        if (message.data !== 1) return;
        numbers.publish(Ping(2));
        self.unsubscribe();
        numbers.publish(Ping(3));
      },
      { delivery },
    );

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', '2', 'Unsubscribe numbers#1']);
  });

  it.each(bothDeliveries)('S7: twice, the final message comes once (%s)', async (delivery) => {
    const { bus, record } = numbersTopic();
    const { seen, subscription } = record({ delivery });

    subscription.unsubscribe();
    subscription.unsubscribe();
    await bus.settled();
    subscription.unsubscribe();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it.each(bothDeliveries)('S7: during the final message it does nothing (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const subscription = subscribe(
      numbers,
      (message, _, self) => {
        seen.push(inWords(message));
        if (self.isFinal(message)) self.unsubscribe();
      },
      { delivery },
    );

    subscription.unsubscribe();
    await subscription.join();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it.each(bothDeliveries)('S7: on its own announcement it gets the final message next (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(
      numbers,
      (message, _, self) => {
        seen.push(inWords(message));
        self.unsubscribe();
      },
      { delivery },
    );

    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it('S7: of a sibling inside a handler, which still gets what was published before', async () => {
    const { bus, numbers, record } = numbersTopic();
    subscribe(numbers, () => sibling.subscription.unsubscribe(), { accept: [Ping], delivery: 'synchronous' });
    const sibling = record({ delivery: 'synchronous' });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(sibling.seen).toEqual(['Subscribe numbers#2', '1', 'Unsubscribe numbers#2']);
  });
});

describe('disposing', () => {
  it('Symbol.dispose unsubscribes', async () => {
    const { bus, record } = numbersTopic();
    const { seen, subscription } = record();

    subscription[Symbol.dispose]();
    expect(subscription.isSubscribed).toBe(false);
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it('Symbol.asyncDispose unsubscribes and joins', async () => {
    const { record } = numbersTopic();
    const { seen, subscription } = record();

    await subscription[Symbol.asyncDispose]();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
  });

  it('works as the teardown of an RxJS subscription', () => {
    const { record } = numbersTopic();
    const { subscription } = record();
    const group = new RxSubscription();

    group.add(subscription);
    group.unsubscribe();

    expect(subscription.isSubscribed).toBe(false);
  });

  it('leaves nothing behind on the bus', async () => {
    const { numbers, record } = numbersTopic();
    const { subscription } = record();

    await subscription[Symbol.asyncDispose]();

    expect(numbers.audience.recipients).toEqual([]);
    expect(busOf(numbers).subscriptions.size).toBe(0);
  });
});

describe('a handler that fails', () => {
  it.each(bothDeliveries)('T6: reaches neither the publisher nor another subscriber (%s)', async (delivery) => {
    const { numbers, record } = numbersTopic();
    subscribe(
      numbers,
      () => {
        throw new Error('no');
      },
      { delivery },
    );
    subscribe(numbers, () => Promise.reject(new Error('no')), { delivery });
    subscribe(numbers, () => new Promise(() => undefined), { delivery });
    const { seen, subscription } = record({ accept: [Ping], delivery });

    expect(numbers.publish(Ping(1))).toBe(true);
    await subscription.publishSync(Ping(2));

    expect(seen).toEqual(['1', '2']);
  });

  it.each(bothDeliveries)('T6: gets the next message all the same (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(
      numbers,
      (message) => {
        seen.push(inWords(message));
        throw new Error('no');
      },
      { delivery },
    );

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', '2']);
  });

  it('T6: that never settles holds up its own subscription only', async () => {
    const { numbers, record } = numbersTopic();
    const hanging = subscribe(numbers, () => new Promise(() => undefined), { accept: [Ping] });
    const { subscription } = record({ accept: [Ping] });

    for (let n = 1; n <= 3; n++) await subscription.publishSync(Ping(n));

    expect(hanging.depth).toBe(2);
    expect(subscription.depth).toBe(0);
  });
});
