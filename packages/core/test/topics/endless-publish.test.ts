import { config, map, tap } from 'rxjs';
import {
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  messageType,
  subscribe,
  type Message,
  type StasisError,
} from '../../src/index.js';
import { snapshotId } from '../support/snapshots.js';

const Ping = messageType<number>('ping');

function numbersTopic() {
  const errors: string[] = [];
  const bus = createBus({ onError: ({ code }) => errors.push(code) });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), errors };
}

/** What RxJS reports of observers that throw. */
async function unhandled(run: () => void): Promise<unknown[]> {
  const codes: unknown[] = [];
  config.onUnhandledError = (error: { readonly code: unknown }) => codes.push(error.code);
  run();
  await new Promise((resolve) => setTimeout(resolve, 0));
  config.onUnhandledError = null;
  return codes;
}

describe('publishing without end', () => {
  it('T3: a topic is refused as an observer of itself', () => {
    const { numbers } = numbersTopic();

    expect(() => numbers.subscribe(numbers)).toThrow('expected an observer other than the topic itself');
    expect(numbers.observed).toBe(false);
  });

  it('T3: a topic that observes itself through operators ends in an error', async () => {
    const { numbers } = numbersTopic();
    numbers.pipe(map(({ data }) => Ping(data + 1))).subscribe(numbers);

    expect(await unhandled(() => numbers.publish(Ping(1)))).toEqual(['ENDLESS_PUBLISH']);
  });

  it('T3: so do two topics that observe each other, and a synchronous handler that answers itself', async () => {
    const { bus, numbers, errors } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    numbers.subscribe(others);
    others.subscribe(numbers);
    subscribe(bus.topic<Message<number>>('echo'), (message, topic) => void topic.publish(message), {
      accept: [Ping],
      delivery: 'synchronous',
    });

    expect(await unhandled(() => numbers.publish(Ping(1)))).toEqual(['ENDLESS_PUBLISH']);
    bus.topic('echo').publish(Ping(1));
    expect(errors).toEqual(['DISPATCH']);
  });

  it('T3: so does one that answers each message by two, before memory is full', () => {
    const causes: unknown[] = [];
    const bus = createBus({ onError: ({ code, cause }) => causes.push(code, (cause as StasisError).code) });
    const numbers = bus.topic<Message<number>>('numbers');
    numbers.pipe(tap((message) => numbers.publish(message))).subscribe(numbers);

    numbers.publish(Ping(1));

    expect(causes).toEqual(['TOPIC_FAILED', 'ENDLESS_PUBLISH']);
  });

  it('T3, Z1: the bus goes on as before, and has not counted what was refused', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const loop = numbers.pipe(map(({ data }) => Ping(data + 1))).subscribe(numbers);
    subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });
    await unhandled(() => numbers.publish(Ping(1)));
    loop.unsubscribe();
    numbers.publish(Ping(0));
    await bus.settled();

    const { published } = bus.statistics().messageTypes.find(({ name }) => name === 'ping')!;
    expect([seen.length, seen.at(-1)]).toEqual([published, 0]);
  });

  it('T3: a long chain that ends is no loop', () => {
    const { numbers } = numbersTopic();
    let last = 0;
    numbers.subscribe(({ data }) => {
      last = data;
      if (data < 200_000) numbers.publish(Ping(data + 1));
    });

    numbers.publish(Ping(1));

    expect(last).toBe(200_000);
  });
});

describe('a forward that would feed a topic with the updates of its own cache', () => {
  it('F4: is refused', () => {
    const { numbers } = numbersTopic();
    const cached = createCachingTopic(numbers, createCache({ id: snapshotId }));

    expect(() => forwardAll(cached.topic as never, numbers)).toThrow(
      expect.objectContaining({ code: 'FORWARD_CYCLE' }),
    );
  });

  it('F4: is refused, also through other topics and other caches', () => {
    const { bus, numbers } = numbersTopic();
    const between = bus.topic('between');
    const cached = createCachingTopic(numbers, createCache({ id: snapshotId }));
    forwardAll(cached.topic, between);
    const again = createCachingTopic(between, createCache({ id: snapshotId }));

    expect(() => forwardAll(between as never, numbers)).toThrow(expect.objectContaining({ code: 'FORWARD_CYCLE' }));
    expect(() => forwardAll(again.topic as never, numbers)).toThrow(expect.objectContaining({ code: 'FORWARD_CYCLE' }));
  });

  it('F4: is accepted once the caching topic has ended', () => {
    const { numbers, bus } = numbersTopic();
    const between = bus.topic('between');
    const cached = createCachingTopic(numbers, createCache({ id: snapshotId }));
    forwardAll(cached.topic, between);
    cached.unsubscribe();

    expect(() => forwardAll(between as never, numbers)).not.toThrow();
  });
});
