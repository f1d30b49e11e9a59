import { createBus, messageType, subscribe, type Message, type SubscribeOptions } from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;

function numbersTopic() {
  const bus = createBus();
  return { bus, numbers: bus.topic<Message<number>>('numbers') };
}

describe('subscribe', () => {
  it('S9: queues for a later microtask unless told otherwise', async () => {
    const { numbers } = numbersTopic();
    const seen: string[] = [];
    const subscription = subscribe(numbers, (message) => seen.push(inWords(message)), { accept: [Ping] });

    numbers.publish(Ping(1));
    expect(seen).toEqual([]);
    expect(subscription.depth).toBe(1);
    await Promise.resolve();

    expect(seen).toEqual(['1']);
    expect(subscription.depth).toBe(0);
  });

  it("S9: delivers synchronously on the publisher's stack when asked to", () => {
    const { numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)), { delivery: 'synchronous' });

    expect(seen).toEqual(['Subscribe numbers#1']);
    numbers.publish(Ping(1));

    expect(seen).toEqual(['Subscribe numbers#1', '1']);
  });

  it('is named by its option, else by its handler, else by its id', () => {
    const { numbers } = numbersTopic();
    function countCalls(): void {}

    expect(subscribe(numbers, countCalls, { name: 'counter' }).name).toBe('counter');
    expect(subscribe(numbers, countCalls).name).toBe('countCalls');
    expect(subscribe(numbers, () => undefined).name).toBe('numbers#3');
  });

  it('knows its topic', () => {
    const { numbers } = numbersTopic();

    expect(subscribe(numbers, () => undefined).topic).toBe(numbers);
  });

  it('reads its options once and leaves them alone', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const options = Object.freeze({ delivery: 'synchronous', accept: [Ping] } as const);
    subscribe(numbers, (message) => seen.push(inWords(message)), options);

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual(['1']);
    expect(options).toEqual({ delivery: 'synchronous', accept: [Ping] });
  });

  it.each(bothDeliveries)(
    'S3, S4: on a topic that has ended gets its announcement and its final message (%s)',
    async (delivery) => {
      const { bus, numbers } = numbersTopic();
      const seen: string[] = [];
      numbers.complete();

      const subscription = subscribe(numbers, (message) => seen.push(inWords(message)), { delivery });
      expect(subscription.isSubscribed).toBe(false);
      numbers.publish(Ping(1));
      await subscription.join();
      await bus.settled();

      expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
    },
  );
});

describe('a subscriber added inside a handler', () => {
  it.each([
    ['queued', 'queued'],
    ['queued', 'synchronous'],
    ['synchronous', 'queued'],
    ['synchronous', 'synchronous'],
  ] as const)('S3: sees nothing that was published before (%s handler, %s newcomer)', async (delivery, newcomer) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const addNewcomer = (message: Message<number>): void => {
      if (message.data !== 1) return;
      numbers.publish(Ping(2));
      subscribe(numbers, (later) => seen.push(inWords(later)), { delivery: newcomer });
      numbers.publish(Ping(3));
    };
    subscribe(numbers, addNewcomer, { accept: [Ping], delivery });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#2', '3']);
  });

  it('S3: sees nothing that was published before, when it is a plain observer', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const addNewcomer = (message: Message<number>): void => {
      if (message.data !== 1) return;
      numbers.publish(Ping(2));
      numbers.subscribe(({ data }) => seen.push(data));
      numbers.publish(Ping(3));
    };
    subscribe(numbers, addNewcomer, { accept: [Ping], delivery: 'synchronous' });

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([3]);
  });
});

describe('onFinal', () => {
  const rejected = Promise.reject(new Error('the hook'));
  rejected.catch(() => undefined);

  it.each(bothDeliveries)(
    'is called once, with the final message, after it was handled and before join settles (%s)',
    async (delivery) => {
      const { numbers } = numbersTopic();
      const steps: string[] = [];
      const subscription = subscribe(
        numbers,
        async (message) => {
          await Promise.resolve();
          steps.push(inWords(message));
        },
        { delivery, onFinal: (message) => steps.push(`onFinal ${inWords(message)}`) },
      );

      subscription.unsubscribe();
      subscription.unsubscribe();
      await subscription.join();

      expect(steps).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1', 'onFinal Unsubscribe numbers#1']);
    },
  );

  it('is called also when the filter keeps the final message from the handler', async () => {
    const { numbers } = numbersTopic();
    const [handler, onFinal] = [jest.fn(), jest.fn()];
    const subscription = subscribe(numbers, handler, { accept: [Ping], onFinal });

    await subscription[Symbol.asyncDispose]();

    expect(handler).not.toHaveBeenCalled();
    expect(onFinal).toHaveBeenCalledTimes(1);
  });

  it('is called also when the handler fails on the final message', async () => {
    const { numbers } = numbersTopic();
    const onFinal = jest.fn();
    const subscription = subscribe(numbers, () => Promise.reject(new Error('no')), {
      onFinal,
      onError: () => undefined,
    });

    await subscription[Symbol.asyncDispose]();

    expect(onFinal).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the hook');
      },
    ],
    ['rejects', () => rejected],
  ])('T6: is reported like the handler when it %s, and join settles', async (_, onFinal) => {
    const { bus, numbers } = numbersTopic();
    const causes: unknown[] = [];
    const subscription = subscribe(numbers, () => undefined, { onFinal, onError: (error) => causes.push(error.cause) });

    await subscription[Symbol.asyncDispose]();
    await bus.settled();

    expect(causes).toEqual([new Error('the hook')]);
  });

  it.each(bothDeliveries)('may subscribe to the topic anew (%s)', async (delivery) => {
    const { bus } = numbersTopic();
    const seen: string[] = [];
    const again = (): void => {
      if (seen.length > 4) return; // or it would go on for ever
      subscribe(bus.topic('numbers'), (message) => seen.push(inWords(message)), { delivery, onFinal: again });
    };
    again();

    bus.topic('numbers').complete();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1', 'Subscribe numbers#2']);
    expect(bus.find('numbers')?.isCompleted).toBe(false);
  });
});

describe('a call that cannot work', () => {
  const refusal = (options: unknown): unknown => {
    const { numbers } = numbersTopic();
    try {
      subscribe(numbers, () => undefined, options as SubscribeOptions);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each([
    [{ accept: 'ping' }, 'expected accept to be an array of message types, got "ping" (string).'],
    [{ accept: [Ping, 'ping'] }, 'expected accept[1] to be a message type, got "ping" (string).'],
    [[Ping], 'expected options to be an object, got Array (object). Leave them out for the defaults.'],
    [null, 'expected options to be an object, got null. Leave them out for the defaults.'],
    [{ acceptFormats: 'json' }, 'expected acceptFormats to be an array of strings, got "json" (string).'],
    [{ acceptFormats: [1] }, 'expected acceptFormats[0] to be a string, got 1 (number).'],
    [{ delivery: 'later' }, "expected delivery to be 'queued' or 'synchronous', got \"later\" (string)."],
    [{ dispatcher: 5 }, 'expected dispatcher to be a function, got 5 (number).'],
    [{ onError: {} }, 'expected onError to be a function, got Object (object).'],
    [{ onFinal: null }, 'expected onFinal to be a function, got null.'],
    [{ signal: 'stop' }, 'expected signal to be an AbortSignal, got "stop" (string).'],
    [{ name: '' }, 'expected name to be a string that is not empty, got "" (string).'],
    [{ highWater: -5 }, 'expected highWater to be an integer of at least 1, got -5 (number). Leave it out for 500.'],
    [{ highWater: 1.5 }, 'expected highWater to be an integer of at least 1, got 1.5 (number). Leave it out for 500.'],
    [
      { highWater: 10, lowWater: 11 },
      'expected lowWater to be an integer from 0 to 10, the high-water mark, got 11 (number). Leave it out for 90 % of that.',
    ],
    [
      { lowWater: -1 },
      'expected lowWater to be an integer from 0 to 500, the high-water mark, got -1 (number). Leave it out for 90 % of that.',
    ],
  ])('is refused at once: options %p', (options, text) => {
    expect(refusal(options)).toMatchObject({ code: 'INVALID_ARGUMENT', message: `[core] subscribe(): ${text}` });
  });

  it('is refused at once: no topic, or no handler', () => {
    const { numbers } = numbersTopic();

    expect(() => subscribe(undefined as never, () => undefined)).toThrow(
      '[core] subscribe(): expected topic to be a topic of a bus, got undefined.',
    );
    expect(() => subscribe(numbers.asObservable() as never, () => undefined)).toThrow(
      '[core] subscribe(): expected topic to be a topic of a bus, got Observable (object).',
    );
    expect(() => subscribe(numbers, 'handler' as never)).toThrow(
      '[core] subscribe(): expected handler to be a function, got "handler" (string).',
    );
  });

  it('changes nothing: no subscription, no announcement', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)));

    expect(() => subscribe(numbers, () => undefined, { highWater: 0 })).toThrow();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1']);
  });
});
