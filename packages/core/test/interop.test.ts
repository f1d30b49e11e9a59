import {
  createBus,
  createCache,
  createCachingTopic,
  messages,
  messageType,
  ofType,
  subscribe,
  type Message,
  type Topic,
} from '../src/index.js';
import { EventEmitter, on } from 'node:events';
import { addAbortSignal, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import {
  combineLatest,
  concat,
  EMPTY,
  firstValueFrom,
  from,
  fromEvent,
  isObservable,
  lastValueFrom,
  map,
  merge,
  NEVER,
  observable,
  of,
  Subscription as RxSubscription,
  takeUntil,
  toArray,
  type Observable,
  type Unsubscribable,
} from 'rxjs';
import { createGate } from './support/gate.js';

const Ping = messageType<number>('ping');
const Pong = messageType<number>('pong');

type Numbers = Topic<Message<number>>;

function numbersTopic() {
  const bus = createBus();
  const topic: Numbers = bus.topic('numbers');
  const publish = (from: number, upTo: number): boolean[] => range(from, upTo).map((n) => topic.publish(Ping(n)));
  return { bus, topic, publish };
}

const range = (from: number, upTo: number): number[] => Array.from({ length: upTo - from + 1 }, (_, n) => from + n);

const subscribersOf = ({ audience }: Numbers): number => audience.recipients.length + audience.observers.length;

/** What runs when every promise that can has settled. */
const macrotask = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

// Time stands still: on a busy machine a turn would be spent, and put off to a later task what a test waits for.
beforeEach(() => {
  jest.spyOn(performance, 'now').mockReturnValue(0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a topic where an RxJS Observable is expected', () => {
  it('T2: is one', async () => {
    const { topic, publish } = numbersTopic();
    expect(isObservable(topic)).toBe(true);
    const first = firstValueFrom(topic);
    const last = lastValueFrom(from(topic).pipe(map(({ data }) => data)));
    publish(1, 3);
    topic.complete();

    expect((await first).data).toBe(1);
    expect(await last).toBe(3);
    expect(subscribersOf(topic)).toBe(0);
  });

  it('T2: gives the first of a type, or a default, or the error of a topic that ended', async () => {
    const { topic, publish } = numbersTopic();
    const pong = firstValueFrom(topic.pipe(ofType(Pong)));
    const none = firstValueFrom(topic.pipe(ofType(messageType<number>('other'))), { defaultValue: null });
    const failed = firstValueFrom(topic.pipe(ofType(messageType<number>('other'))));
    publish(1, 3);
    topic.publish(Pong(4));
    topic.complete();

    expect((await pong).data).toBe(4);
    expect(await none).toBeNull();
    await expect(failed).rejects.toThrow('no elements in sequence');
  });

  it('T3: combines with others, as source, notifier and inner Observable, in the order of publishing', async () => {
    const { bus, topic, publish } = numbersTopic();
    const [other, stop]: Numbers[] = [bus.topic('other'), bus.topic('stop')];
    const numbers = lastValueFrom(
      merge(topic, other!).pipe(
        takeUntil(stop!),
        map(({ data }) => data),
        toArray(),
      ),
    );
    const pairs = lastValueFrom(combineLatest([topic, concat(EMPTY, other!)]).pipe(takeUntil(stop!), toArray()));
    publish(1, 2);
    other!.publish(Pong(3));
    publish(4, 4);
    stop!.publish(Ping(0));
    publish(5, 5);

    expect(await numbers).toEqual([1, 2, 3, 4]);
    expect((await pairs).map(([one, two]) => [one.data, two.data])).toEqual([
      [2, 3],
      [4, 3],
    ]);
    expect(subscribersOf(topic)).toBe(0);
  });

  it('T2: is an observer too: what it observes is published, and its end ends the topic', async () => {
    const { bus, topic } = numbersTopic();
    const seen: number[] = [];
    const subscription = subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping] });
    of(1, 2, 3)
      .pipe(map((n) => Ping(n)))
      .subscribe(topic);
    await bus.settled();

    expect(seen).toEqual([1, 2, 3]);
    expect([subscription.isDone, topic.isCompleted]).toEqual([true, true]);
  });

  it('T2: answers Symbol.observable, for libraries of another make', () => {
    const { topic, publish } = numbersTopic();
    const foreign = (topic as unknown as Record<string | symbol, () => Observable<Message<number>>>)[observable]!();
    const seen: number[] = [];
    let isComplete = false;
    const watching: Unsubscribable = foreign.subscribe({
      next: ({ data }: Message<number>) => seen.push(data),
      complete: () => (isComplete = true),
    });
    publish(1, 2);
    expect(subscribersOf(topic)).toBe(1);
    watching.unsubscribe();
    publish(3, 3);
    topic.complete();

    expect([seen, isComplete]).toEqual([[1, 2], false]);
  });

  it('C5: a watched cache and messages() are Observables like any other', async () => {
    const { bus, topic, publish } = numbersTopic();
    const cache = createCache({ id: ({ type }) => type.name });
    createCachingTopic(topic, cache);
    const watched = firstValueFrom(from(cache.watch(Ping, 'ping')).pipe(takeUntil(NEVER)));
    const all = lastValueFrom(from(messages(topic, { accept: [Ping] })).pipe(toArray()));
    publish(1, 3);
    topic.complete();
    await bus.settled();

    expect(await watched).toBeUndefined();
    expect((await all).map(({ data }) => data)).toEqual([1, 2, 3]);
  });

  it('S4: a subscription may be added to one of RxJS, and ends with it', async () => {
    const { topic } = numbersTopic();
    const all = new RxSubscription();
    const own = subscribe(topic, () => {});
    all.add(own);
    all.add(topic.subscribe());
    all.unsubscribe();
    await own.join();

    expect([own.isDone, subscribersOf(topic)]).toEqual([true, 0]);
  });
});

describe('a topic where an async iterable is expected', () => {
  it('S1: a Node stream made from it loses nothing, and ends with the topic', async () => {
    const { topic, publish } = numbersTopic();
    const stream = Readable.from(topic, { highWaterMark: 2 });
    publish(1, 2000);
    topic.complete();
    const seen: number[] = [];
    for await (const { data } of stream as AsyncIterable<Message<number>>) {
      if (data % 100 === 0) await macrotask();
      seen.push(data);
    }

    expect(seen).toEqual(range(1, 2000));
    expect(stream.readableEnded).toBe(true);
    expect(subscribersOf(topic)).toBe(0);
  });

  it('S10: a stream that nobody reads holds back nobody; what it leaves waits in its mailbox, and publish tells', async () => {
    const { bus, topic, publish } = numbersTopic();
    const seen: number[] = [];
    subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping] });
    const stream = Readable.from(topic, { highWaterMark: 1 });
    expect(publish(1, 400)).not.toContain(false);
    await macrotask();
    expect(seen).toEqual(range(1, 400));

    expect(publish(401, 600).at(-1)).toBe(false);
    const depth = bus.statistics().subscriptions.find(({ name }) => name.startsWith('for await'))!.depth;
    expect(depth).toBeGreaterThan(500);
    expect(depth).toBeLessThan(600);

    topic.complete();
    const read = await (stream.toArray() as Promise<Message<number>[]>);
    expect(read.map(({ data }) => data)).toEqual(range(1, 600));
  });

  it('S10: a publisher that waits for the topic goes at the pace of the stream', async () => {
    const { topic } = numbersTopic();
    const seen: number[] = [];
    const stream = Readable.from(topic, { highWaterMark: 4 });
    const reading = (async () => {
      for await (const { data } of stream as AsyncIterable<Message<number>>) {
        seen.push(data);
        if (data % 250 === 0) await macrotask();
      }
    })();
    let deepest = 0;
    for (let n = 1; n <= 3000; n++) {
      if (!topic.publish(Ping(n))) await topic.drained();
      deepest = Math.max(deepest, topic.audience.recipients[0]!.mailbox.backlog.length);
    }
    topic.complete();
    await reading;

    expect(seen).toEqual(range(1, 3000));
    expect(deepest).toBeLessThanOrEqual(501);
  });

  it('S4: a stream that is destroyed unsubscribes', async () => {
    const { topic, publish } = numbersTopic();
    const stream = Readable.from(topic);
    publish(1, 5);
    stream.destroy();
    await macrotask();
    publish(6, 9);

    expect(subscribersOf(topic)).toBe(0);
  });

  it('S1: runs through a pipeline', async () => {
    const { topic, publish } = numbersTopic();
    const seen: number[] = [];
    const done = pipeline(
      topic,
      async function* (source: AsyncIterable<Message<number>>) {
        for await (const { data } of source) yield data * 2;
      },
      async (source: AsyncIterable<number>) => {
        for await (const n of source) seen.push(n);
      },
    );
    publish(1, 100);
    topic.complete();
    await done;

    expect(seen).toEqual(range(1, 100).map((n) => n * 2));
  });

  it('S1: a web stream that pulls from its iterator loses nothing, and ends with the topic', async () => {
    const { topic, publish } = numbersTopic();
    const stream = pullFrom(topic);
    publish(1, 1000);
    topic.complete();
    const seen: number[] = [];
    for await (const { data } of stream) seen.push(data);

    expect(seen).toEqual(range(1, 1000));
    expect(subscribersOf(topic)).toBe(0);
  });

  it('S10: a web stream that nobody reads pulls nothing and holds back nobody', async () => {
    const { bus, topic, publish } = numbersTopic();
    const seen: number[] = [];
    subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping] });
    const reader = pullFrom(topic).getReader();
    publish(1, 10);
    await macrotask();
    expect(seen).toEqual(range(1, 10));
    const waiting = (): number =>
      bus.statistics().subscriptions.find(({ name }) => name.startsWith('for await'))!.depth;
    expect(waiting()).toBe(9); // one is held, for the first pull

    expect((await reader.read()).value?.data).toBe(1);
    await macrotask();
    expect(waiting()).toBe(8);
    await reader.cancel();
    await macrotask();
    expect(subscribersOf(topic)).toBe(1);
  });

  it('S1: several web streams each get everything, at their own pace', async () => {
    const { topic, publish } = numbersTopic();
    const [fast, slow] = pullFrom(topic).tee();
    const third = ReadableStream.from<Message<number>>(topic);
    publish(1, 50);
    topic.complete();
    const read = async (stream: ReadableStream<Message<number>>, pause: () => Promise<void>): Promise<number[]> => {
      const seen: number[] = [];
      for await (const { data } of stream) {
        seen.push(data);
        await pause();
      }
      return seen;
    };

    const all = await Promise.all([read(fast, async () => {}), read(slow, macrotask), read(third, macrotask)]);
    expect(all).toEqual(Array.from({ length: 3 }, () => range(1, 50)));
  });
});

describe('an AbortSignal', () => {
  it('S4: ends a subscription, which gets what was queued and its final message', async () => {
    const { topic, publish } = numbersTopic();
    const abort = new AbortController();
    const seen: unknown[] = [];
    const signal = AbortSignal.any([abort.signal, new AbortController().signal]);
    const subscription = subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping], signal });
    publish(1, 2);
    abort.abort();
    publish(3, 4);
    await subscription.join();

    expect(seen).toEqual([1, 2]);
    expect(subscribersOf(topic)).toBe(0);
  });

  it('S4: ends a pipe of RxJS', () => {
    const { topic, publish } = numbersTopic();
    const abort = new AbortController();
    const seen: number[] = [];
    topic.pipe(takeUntil(fromEvent(abort.signal, 'abort'))).subscribe(({ data }) => seen.push(data));
    publish(1, 2);
    abort.abort();
    publish(3, 4);

    expect(seen).toEqual([1, 2]);
    expect(subscribersOf(topic)).toBe(0);
  });

  it.each<[string, (topic: Numbers, signal: AbortSignal) => Readable]>([
    ['given to it', (topic, signal) => Readable.from(topic, { signal })],
    ['added to it', (topic, signal) => addAbortSignal(signal, Readable.from(topic))],
  ])('S4: ends a stream, when it is %s', async (_, open) => {
    const { topic, publish } = numbersTopic();
    const abort = new AbortController();
    const seen: number[] = [];
    const third = createGate();
    const reading = (async () => {
      for await (const { data } of open(topic, abort.signal) as AsyncIterable<Message<number>>) {
        seen.push(data);
        if (data === 3) third.open();
      }
    })();
    publish(1, 3);
    await third.opened;
    abort.abort();
    publish(4, 5);

    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(seen).toEqual([1, 2, 3]);
    expect(subscribersOf(topic)).toBe(0);
  });

  it('S4: ends a loop over the events of an emitter that observes the topic', async () => {
    const { topic, publish } = numbersTopic();
    const abort = new AbortController();
    const emitter = new EventEmitter();
    const observing = topic.subscribe((message) => emitter.emit('message', message));
    subscribe(topic, () => {}, { signal: abort.signal, onFinal: () => observing.unsubscribe() });
    const seen: number[] = [];
    const reading = (async () => {
      for await (const [{ data }] of on(emitter, 'message', { signal: abort.signal }) as AsyncIterable<
        [Message<number>]
      >) {
        seen.push(data);
        if (data === 5) abort.abort();
      }
    })();
    publish(1, 5);

    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    await macrotask();
    expect(subscribersOf(topic)).toBe(0);
  });

  it('S4: ends a pipeline', async () => {
    const { topic, publish } = numbersTopic();
    const abort = new AbortController();
    const seen: number[] = [];
    const consume = async (source: AsyncIterable<Message<number>>): Promise<void> => {
      for await (const { data } of source) {
        seen.push(data);
        if (data === 2) abort.abort();
      }
    };
    const done = pipeline(Readable.from(topic), consume, { signal: abort.signal });
    publish(1, 5);

    await expect(done).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await macrotask();
    expect(seen.slice(0, 2)).toEqual([1, 2]);
    expect(subscribersOf(topic)).toBe(0);
  });
});

/** A web stream that takes from a topic's iterator when it is read, and not before. */
function pullFrom(topic: Numbers): ReadableStream<Message<number>> {
  const iterator = topic[Symbol.asyncIterator]();
  return new ReadableStream<Message<number>>(
    {
      async pull(controller) {
        const result = await iterator.next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        await iterator.return();
      },
    },
    { highWaterMark: 0 },
  );
}
