import { getEventListeners } from 'node:events';
import { createBus, messageType, subscribe, type Message } from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;

function numbersTopic() {
  const bus = createBus();
  return { bus, numbers: bus.topic<Message<number>>('numbers'), controller: new AbortController() };
}

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('a signal', () => {
  it.each(bothDeliveries)('S4: unsubscribes when it aborts (%s)', async (delivery) => {
    const { bus, numbers, controller } = numbersTopic();
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)), { delivery, signal: controller.signal });

    numbers.publish(Ping(1));
    controller.abort();
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1']);
  });

  it.each(bothDeliveries)(
    'S3, S4: that has aborted before gives the announcement and the final message (%s)',
    async (delivery) => {
      const { numbers } = numbersTopic();
      const seen: string[] = [];
      const signal = AbortSignal.abort();

      const subscription = subscribe(numbers, (message) => seen.push(inWords(message)), { delivery, signal });
      expect(subscription.isSubscribed).toBe(false);
      numbers.publish(Ping(1));
      await subscription.join();

      expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
    },
  );

  it('S7: may abort inside a handler', async () => {
    const { bus, numbers, controller } = numbersTopic();
    const seen: string[] = [];
    const stopAtOne = (message: Message): void => {
      seen.push(inWords(message));
      if (message.data === 1) controller.abort();
    };
    subscribe(numbers, stopAtOne, { delivery: 'synchronous', signal: controller.signal });

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1']);
  });

  it('ends 1,000 subscriptions with one listener, without a warning', async () => {
    const { bus, numbers, controller } = numbersTopic();
    const onWarning = jest.fn();
    process.on('warning', onWarning);
    const subscriptions = Array.from({ length: 1000 }, () =>
      subscribe(numbers, () => undefined, { accept: [Ping], signal: controller.signal }),
    );
    expect(listeners(controller.signal)).toBe(1);

    controller.abort();
    await Promise.all(subscriptions.map((subscription) => subscription.join()));
    await bus.settled();
    process.off('warning', onWarning);

    expect(listeners(controller.signal)).toBe(0);
    expect(onWarning).not.toHaveBeenCalled();
  });

  it('is left without a listener when the last of its subscriptions ends otherwise', () => {
    const { numbers, controller } = numbersTopic();
    const [first, second] = [1, 2].map(() => subscribe(numbers, () => undefined, { signal: controller.signal }));

    first?.unsubscribe();
    expect(listeners(controller.signal)).toBe(1);
    second?.unsubscribe();

    expect(listeners(controller.signal)).toBe(0);
  });

  it('is left without a listener when the topic ends', () => {
    const { numbers, controller } = numbersTopic();
    subscribe(numbers, () => undefined, { signal: controller.signal });

    numbers.complete();

    expect(listeners(controller.signal)).toBe(0);
  });

  it.each([
    [
      'unsubscribes',
      (numbers: { complete(): void }, subscription: { unsubscribe(): void }) => subscription.unsubscribe(),
    ],
    ['completes the topic', (numbers: { complete(): void }) => numbers.complete()],
  ])('is left without a listener when the handler %s on its own announcement', (_, end) => {
    const { numbers, controller } = numbersTopic();

    subscribe(numbers, (_message, _topic, subscription) => end(numbers, subscription), {
      delivery: 'synchronous',
      signal: controller.signal,
    });

    expect(listeners(controller.signal)).toBe(0);
  });

  it('ends later subscriptions too, after earlier ones have left it', async () => {
    const { bus, numbers, controller } = numbersTopic();
    subscribe(numbers, () => undefined, { signal: controller.signal }).unsubscribe();
    const later = subscribe(numbers, () => undefined, { signal: controller.signal });

    controller.abort();
    await bus.settled();

    expect(later.isDone).toBe(true);
  });
});

describe('half a signal', () => {
  it.each([
    { addEventListener() {} },
    { addEventListener() {}, removeEventListener() {} },
    { addEventListener() {}, removeEventListener() {}, aborted: 'no' },
    {
      addEventListener() {
        throw new Error('no listening today');
      },
      removeEventListener() {},
      aborted: false,
    },
  ])('S3: is refused before anything is subscribed: %p', async (signal) => {
    const { bus, numbers } = numbersTopic();
    const handler = jest.fn();

    const options = { delivery: 'synchronous', signal: signal as never } as const;
    expect(() => subscribe(numbers, handler, options)).toThrow('expected signal to be an AbortSignal');
    numbers.publish(Ping(1));
    await bus.close();

    expect(handler).not.toHaveBeenCalled();
    expect(bus.statistics().subscriptions).toEqual([]);
  });
});

describe('a signal that cannot be left', () => {
  const stubborn = (): AbortSignal =>
    ({
      aborted: false,
      addEventListener() {},
      removeEventListener() {
        throw new Error('stay');
      },
    }) as never;

  it('S4, S6: keeps no subscription from its end', async () => {
    const { numbers } = numbersTopic();
    const subscription = subscribe(numbers, () => undefined, { signal: stubborn() });

    subscription.unsubscribe();
    await subscription.join();

    expect(subscription.isDone).toBe(true);
  });

  it('S6: keeps no bus from closing', async () => {
    const { bus, numbers } = numbersTopic();
    subscribe(numbers, () => undefined);

    await expect(bus.close({ signal: stubborn() })).resolves.toBeUndefined();
  });

  it('S6: that cannot be listened to closes nothing', () => {
    const { bus, numbers } = numbersTopic();
    const addEventListener = (): never => {
      throw new Error('no listening today');
    };
    const signal = { aborted: false, addEventListener, removeEventListener() {} } as never;

    expect(() => bus.close({ signal })).toThrow('expected signal to be an AbortSignal');
    expect(numbers.isCompleted).toBe(false);
  });
});
