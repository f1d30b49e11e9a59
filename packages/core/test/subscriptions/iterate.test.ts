import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBus, messageType, subscribe, type Message, type Topic } from '../../src/index.js';
import { busOf } from '../../src/subscriptions/subscriptions-context.js';

const Ping = messageType<number>('ping');

function numbersTopic() {
  const bus = createBus();
  return { bus, numbers: bus.topic<Message<number>>('numbers') };
}

describe('for await', () => {
  it('T3: sees what was published since it began, in order, and ends with the topic', async () => {
    const { numbers } = numbersTopic();
    numbers.publish(Ping(0));
    const iterator = numbers[Symbol.asyncIterator]();
    for (const n of [1, 2, 3]) numbers.publish(Ping(n));
    numbers.complete();

    const seen: number[] = [];
    for await (const { data } of iterator) seen.push(data);

    expect(seen).toEqual([1, 2, 3]);
  });

  it('loses nothing between pulls', async () => {
    const { numbers } = numbersTopic();
    const seen: number[] = [];
    const iterated = (async () => {
      for await (const { data } of numbers) {
        seen.push(data);
        if (data < 100) for (let n = 0; n < 2; n++) numbers.publish(Ping(data + 1));
        else numbers.complete();
        await Promise.resolve();
      }
    })();

    numbers.publish(Ping(98));
    await iterated;

    expect(seen).toEqual([98, 99, 99, 100, 100, 100, 100]);
  });

  it('loses nothing of 10,000 that are published before the first pull', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    for (let n = 0; n < 10_000; n++) numbers.publish(Ping(n));
    numbers.complete();
    const seen: number[] = [];

    for await (const { data } of iterator) seen.push(data);

    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  });

  it('S3: never sees subscription changes', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    subscribe(numbers, () => undefined).unsubscribe();
    numbers.publish(Ping(1));
    numbers.complete();
    const types: string[] = [];

    for await (const { type } of iterator) types.push(type.name);

    expect(types).toEqual(['ping']);
  });

  it('unsubscribes when the loop is left by break', async () => {
    const { bus, numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    numbers.publish(Ping(1));
    numbers.publish(Ping(2));

    for await (const { data } of iterator) {
      expect(data).toBe(1);
      break;
    }
    await bus.settled();

    expect(numbers.audience.recipients.length).toBe(0);
    expect(busOf(numbers).subscriptions.size).toBe(0);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it('unsubscribes when the loop is left by an error', async () => {
    const { bus, numbers } = numbersTopic();
    numbers.publish(Ping(1));
    const failing = (async () => {
      for await (const { data } of numbers) throw new Error(`no ${String(data)}`);
    })();

    numbers.publish(Ping(2));
    await expect(failing).rejects.toThrow('no 2');
    await bus.settled();

    expect(numbers.audience.recipients.length).toBe(0);
  });

  it('takes pulls that are made at the same time, and answers them in turn', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    const early = [iterator.next(), iterator.next()];
    for (const n of [1, 2, 3, 4]) numbers.publish(Ping(n));
    const late = [iterator.next(), iterator.next(), iterator.next()];
    numbers.complete();

    const results = await Promise.all([...early, ...late]);

    expect(results.map(({ value }) => (value as Message<number> | undefined)?.data)).toEqual([1, 2, 3, 4, undefined]);
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, true]);
  });

  it('answers pulls that wait when it is left', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    const pulls = [iterator.next(), iterator.next()];

    await iterator.return();

    expect(await Promise.all(pulls)).toEqual([
      { value: undefined, done: true },
      { value: undefined, done: true },
    ]);
  });

  it('may be left twice', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();

    await iterator.return();

    expect(await iterator.return()).toEqual({ value: undefined, done: true });
  });

  it('has nothing to see on a topic that has ended', async () => {
    const { numbers } = numbersTopic();
    numbers.complete();
    const seen: Message[] = [];

    for await (const message of numbers) seen.push(message);

    expect(seen).toEqual([]);
  });

  it('is one subscription for each loop, at its own pace', async () => {
    const { numbers } = numbersTopic();
    const [one, other] = [numbers[Symbol.asyncIterator](), numbers[Symbol.asyncIterator]()];
    numbers.publish(Ping(1));
    numbers.publish(Ping(2));

    expect((await one.next()).value).toMatchObject({ data: 1 });
    expect((await one.next()).value).toMatchObject({ data: 2 });
    expect((await other.next()).value).toMatchObject({ data: 1 });
  });

  it('S10: holds its backlog in a mailbox, whose water marks apply', () => {
    const { numbers } = numbersTopic();
    numbers[Symbol.asyncIterator]();
    const answers = Array.from({ length: 600 }, (_, n) => numbers.publish(Ping(n)));

    expect(answers[0]).toBe(true);
    expect(answers.at(-1)).toBe(false);
  });
});

describe('an iterator of a topic that ends by an error', () => {
  it('S4: gives what is queued, then rejects with the error, once', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    numbers.publish(Ping(1));
    numbers.publish(Ping(2));
    numbers.error(new Error('no'));

    const pulls = [1, 2, 3, 4].map(() => iterator.next());

    expect(await Promise.all(pulls.slice(0, 2))).toMatchObject([{ value: { data: 1 } }, { value: { data: 2 } }]);
    await expect(pulls[2]).rejects.toThrow('no');
    expect(await pulls[3]).toEqual({ value: undefined, done: true });
  });

  it.each([
    [
      'for await',
      async (numbers: Topic<Message<number>>) => {
        for await (const message of numbers) expect(message.data).toBe(1);
      },
    ],
    ['Readable.from', (numbers: Topic<Message<number>>) => Readable.from(numbers).toArray()],
    [
      'pipeline',
      (numbers: Topic<Message<number>>) =>
        pipeline(
          numbers,
          async function* (all: AsyncIterable<unknown>) {
            for await (const one of all) yield one;
          },
          new PassThrough({ objectMode: true }).resume(),
        ),
    ],
  ] as const)('S4: is an error for %s, and the bus hears nothing of it', async (_, consume) => {
    const onError = jest.fn();
    const numbers = createBus({ onError }).topic<Message<number>>('numbers');
    const consumed = consume(numbers);
    await new Promise((resolve) => setImmediate(resolve)); // a stream begins to pull on a later task
    numbers.publish(Ping(1));
    numbers.error(new Error('no'));

    await expect(consumed).rejects.toThrow('no');
    expect(onError).not.toHaveBeenCalled();
  });

  it('S4: is no error for who has left', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    await iterator.return();
    numbers.subscribe({ error: () => undefined });
    numbers.error(new Error('no'));

    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });
});

describe('an iterator that is used by hand', () => {
  it('returns as a generator does: what it is given, and what that resolves with', async () => {
    const { numbers } = numbersTopic();

    expect(await numbers[Symbol.asyncIterator]().return('left')).toEqual({ value: 'left', done: true });
    expect(await numbers[Symbol.asyncIterator]().return(Promise.resolve(1))).toEqual({ value: 1, done: true });
    expect(numbers.observed).toBe(false);
  });

  it('throws as a generator does: leaves, and rejects with what it is given', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();

    await expect(iterator.throw(new Error('mine'))).rejects.toThrow('mine');

    expect(numbers.observed).toBe(false);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  it('is left by await using', async () => {
    const { numbers } = numbersTopic();
    const iterator = numbers[Symbol.asyncIterator]();
    const pull = iterator.next();

    await iterator[Symbol.asyncDispose]();

    expect(await pull).toEqual({ value: undefined, done: true });
    expect(numbers.observed).toBe(false);
  });
});
