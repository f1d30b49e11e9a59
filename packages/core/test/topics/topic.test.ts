import { config, firstValueFrom, from, map, of, toArray } from 'rxjs';
import { createBus, forwardAll, messageType, subscribe, type Message, type Topic } from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');
const Other = messageType<number>('other');
const bothDeliveries = ['queued', 'synchronous'] as const;

function numbersTopic() {
  const onError = jest.fn();
  const bus = createBus({ onError });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), onError };
}

/** What a plain observer of the topic hears. */
function observe(topic: Topic<Message<number>>): string[] {
  const heard: string[] = [];
  topic.subscribe({
    next: ({ data }) => heard.push(String(data)),
    error: (error: Error) => heard.push(`error ${error.message}`),
    complete: () => heard.push('complete'),
  });
  return heard;
}

describe('a topic', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('T1: has a name, a detail text and the time of its creation', () => {
    jest.useFakeTimers({ now: 1700000000000 });
    const topic = createBus().topic('channel:all', { detail: 'every channel' });

    expect(topic).toMatchObject({ name: 'channel:all', detail: 'every channel', createdAt: 1700000000000 });
  });

  it('T1: has an empty detail unless one is given', () => {
    expect(numbersTopic().numbers.detail).toBe('');
  });

  it('T4: may be published on with no subscriber', () => {
    expect(numbersTopic().numbers.publish(Ping(1))).toBe(true);
  });

  it('T2: publishes the same message to every subscriber, queued', async () => {
    const { bus, numbers } = numbersTopic();
    const [first, second]: [Message[], Message[]] = [[], []];
    subscribe(numbers, (message) => first.push(message), { accept: [Ping] });
    subscribe(numbers, (message) => second.push(message), { accept: [Ping] });
    const message = Ping(1);

    numbers.publish(message);
    expect([first, second]).toEqual([[], []]);
    await bus.settled();

    expect(first[0]).toBe(message);
    expect(second[0]).toBe(message);
  });

  it('T2: next is publish', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

    numbers.next(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
  });

  it('T2: takes one message twice, as two messages', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });
    const message = Ping(1);

    numbers.publish(message);
    numbers.publish(message);
    await bus.settled();

    expect(seen).toEqual([1, 1]);
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5 (number)'],
    [{ type: Ping, data: 1 }, 'Object (object)'],
    [Ping, 'ping (function)'],
  ])('refuses to publish %p', (value, text) => {
    const { numbers } = numbersTopic();

    expect(() => numbers.publish(value as never)).toThrow(
      `[core] publish(): expected a message, as message types make them, got ${text}.`,
    );
  });

  it('refuses to publish a copy of a message, also right after a real one of its type', () => {
    const { numbers } = numbersTopic();
    const message = Ping(1);
    numbers.publish(message);

    expect(() => numbers.publish({ ...message, data: 2 })).toThrow('[core] publish(): expected a message');
  });
});

describe('plain observers', () => {
  it('are called synchronously, with what was published', () => {
    const { numbers } = numbersTopic();
    const heard = observe(numbers);

    numbers.publish(Ping(1));

    expect(heard).toEqual(['1']);
  });

  it('S3: never see subscription changes', async () => {
    const { bus, numbers } = numbersTopic();
    const heard = observe(numbers);

    await subscribe(numbers, () => undefined)[Symbol.asyncDispose]();
    await bus.settled();

    expect(heard).toEqual([]);
  });

  it('come and go', () => {
    const { numbers } = numbersTopic();
    const heard: number[] = [];
    numbers.publish(Ping(1));
    const subscription = numbers.subscribe(({ data }) => heard.push(data));
    expect(numbers.observed).toBe(true);
    numbers.publish(Ping(2));
    subscription.unsubscribe();
    numbers.publish(Ping(3));

    expect(heard).toEqual([2]);
    expect(numbers.observed).toBe(false);
  });

  it('that leave while a message is delivered do not get it any more', () => {
    const { numbers } = numbersTopic();
    const heard: number[] = [];
    numbers.subscribe(() => second.unsubscribe());
    const second = numbers.subscribe(({ data }) => heard.push(data));

    numbers.publish(Ping(1));

    expect(heard).toEqual([]);
  });

  it('T6: that throw keep the message from nobody, and are reported as RxJS has it', async () => {
    const { numbers } = numbersTopic();
    const unhandled = new Promise((resolve) => {
      config.onUnhandledError = resolve;
    });
    numbers.subscribe(() => {
      throw new Error('no');
    });
    const heard = observe(numbers);

    expect(numbers.publish(Ping(1))).toBe(true);

    expect(heard).toEqual(['1']);
    expect(await unhandled).toEqual(new Error('no'));
    config.onUnhandledError = null;
  });

  it('may be operators of RxJS', async () => {
    const { numbers } = numbersTopic();
    const doubled = firstValueFrom(numbers.pipe(map(({ data }) => data * 2)));
    const all = firstValueFrom(
      numbers.asObservable().pipe(
        map(({ data }) => data),
        toArray(),
      ),
    );

    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    numbers.complete();

    expect(await doubled).toBe(2);
    expect(await all).toEqual([1, 2]);
  });

  it('may be the source of a topic', () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const heard = observe(others);
    numbers.pipe(map(({ data }) => Other(data + 1))).subscribe(others);

    numbers.publish(Ping(1));
    numbers.complete();

    expect(heard).toEqual(['2', 'complete']);
  });

  it('are fed by a topic that is an observer', async () => {
    const { numbers } = numbersTopic();
    const heard = observe(numbers);

    of(Ping(1), Ping(2)).subscribe(numbers);
    expect(await firstValueFrom(from(numbers), { defaultValue: 'ended' })).toBe('ended');

    expect(heard).toEqual(['1', '2', 'complete']);
  });
});

describe.each(['complete', 'error', 'unsubscribe'] as const)('a topic that ends by %s', (end) => {
  const endings = { complete: ['complete'], error: ['error no'], unsubscribe: [] };
  const endTopic = (topic: Topic<Message<number>>): void => {
    if (end === 'error') topic.error(new Error('no'));
    else topic[end]();
  };

  it.each(bothDeliveries)(
    'S4: gives every subscription what is queued, then its own final message (%s)',
    async (delivery) => {
      const { bus, numbers } = numbersTopic();
      const [first, second]: [string[], string[]] = [[], []];
      subscribe(numbers, (message) => first.push(inWords(message)), { delivery });
      subscribe(numbers, (message) => second.push(inWords(message)), { delivery });

      numbers.publish(Ping(1));
      endTopic(numbers);
      await bus.settled();

      expect(first).toEqual(['Subscribe numbers#1', 'Subscribe numbers#2', '1', 'Unsubscribe numbers#1']);
      expect(second).toEqual(['Subscribe numbers#2', '1', 'Unsubscribe numbers#2']);
    },
  );

  it('tells plain observers', () => {
    const { numbers } = numbersTopic();
    const heard = observe(numbers);

    numbers.publish(Ping(1));
    endTopic(numbers);

    expect(heard).toEqual(['1', ...endings[end]]);
  });

  it('T3: inside a handler, gives plain observers and synchronous handlers first what was published before', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const endAtOne = ({ data }: Message<number>): void => {
      if (data !== 1) return;
      numbers.publish(Ping(2));
      endTopic(numbers);
    };
    subscribe(numbers, endAtOne, { accept: [Ping], delivery: 'synchronous' });
    subscribe(numbers, (message) => seen.push(inWords(message)), { delivery: 'synchronous' });
    const heard = observe(numbers);

    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#2', '1', '2', 'Unsubscribe numbers#2']);
    expect(heard).toEqual(['1', '2', ...endings[end]]);
  });

  it('S5: shows the final messages on the topics that it is forwarded to', async () => {
    const { bus, numbers } = numbersTopic();
    const all = bus.topic('all');
    forwardAll(numbers, all);
    const seen: string[] = [];
    subscribe(all, (message) => seen.push(inWords(message)));
    subscribe(numbers, () => undefined);

    endTopic(numbers);
    await bus.settled();

    expect(seen).toEqual(['Subscribe all#1', 'Subscribe numbers#2', 'Unsubscribe numbers#2']);
  });

  it('leaves the bus, where its name gives a new topic from then on', () => {
    const { bus, numbers } = numbersTopic();
    expect(numbers.isCompleted).toBe(false);

    endTopic(numbers);

    expect(numbers.isCompleted).toBe(true);
    expect(bus.find('numbers')).toBeUndefined();
    expect(bus.topics()).toEqual([]);
    expect(bus.topic('numbers')).not.toBe(numbers);
  });

  it('has left the bus when its subscriptions get their final message', () => {
    const { bus, numbers } = numbersTopic();
    const found: boolean[] = [];
    subscribe(
      numbers,
      (message, _, self) => {
        if (self.isFinal(message)) found.push(bus.find('numbers') !== undefined);
      },
      { delivery: 'synchronous' },
    );

    endTopic(numbers);

    expect(found).toEqual([false]);
  });

  it('ends once', async () => {
    const { bus, numbers, onError } = numbersTopic();
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)));
    const heard = observe(numbers);

    endTopic(numbers);
    for (const again of [endTopic, () => numbers.complete(), () => numbers.error(new Error('too late'))]) {
      if (end === 'unsubscribe' && again !== endTopic) expect(() => again(numbers)).toThrow('object unsubscribed');
      else again(numbers);
    }
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', 'Unsubscribe numbers#1']);
    expect(heard).toEqual(endings[end]);
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('publishing on a topic that has ended', () => {
  it.each(['complete', 'error'] as const)('does nothing and returns true, after %s', async (end) => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    subscribe(numbers, (message) => seen.push(inWords(message)), { accept: [Ping] });
    const heard = observe(numbers);
    numbers.publish(Ping(1));
    numbers[end](new Error('no'));

    expect(numbers.publish(Ping(2))).toBe(true);
    numbers.next(Ping(3));
    await bus.settled();

    expect(seen).toEqual(['1']);
    expect(heard).toHaveLength(2);
  });

  it('throws after unsubscribe, as RxJS has it', () => {
    const { numbers } = numbersTopic();
    numbers.publish(Ping(1));

    numbers.unsubscribe();

    expect(() => numbers.publish(Ping(2))).toThrow('object unsubscribed');
    expect(() => numbers.subscribe()).toThrow('object unsubscribed');
  });

  it('throws after unsubscribe, also where a message was published while it came about', () => {
    const { numbers } = numbersTopic();
    const publishTwo = () => numbers.publish(Ping(2));
    numbers.subscribe(() => {
      numbers.unsubscribe();
      expect(publishTwo).toThrow('object unsubscribed');
    });
    numbers.publish(Ping(1));

    expect.assertions(2);
    expect(() => numbers.publish(Ping(3))).toThrow('object unsubscribed');
  });

  it('is not what an observer of a completed topic waits for: it completes at once', () => {
    const { numbers } = numbersTopic();
    numbers.complete();

    expect(observe(numbers)).toEqual(['complete']);
  });
});

describe('a topic that ends by an error', () => {
  it("reports it to the bus's onError", () => {
    const { numbers, onError } = numbersTopic();
    const cause = new Error('no');

    numbers.error(cause);

    expect(onError.mock.calls).toEqual([
      [
        expect.objectContaining({
          code: 'TOPIC_FAILED',
          message: '[core] topic "numbers" was ended by an error.',
          cause,
        }),
      ],
    ]);
  });
});
