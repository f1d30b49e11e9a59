import {
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  forwardAll,
  messageType,
  subscribe,
  type Bus,
  type BusEvent,
  type BusOptions,
  type Message,
} from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');

function watchedBus(options: BusOptions = { onError: () => {} }) {
  const bus = createBus(options);
  return { bus, events: record(bus) };
}

/** The events of a bus, as lines; taken out by `events.splice(0)`. */
function record(bus: Bus): string[] {
  const lines: string[] = [];
  bus.events$.subscribe({ next: (event) => lines.push(tell(event)), complete: () => lines.push('complete') });
  return lines;
}

function tell({ type, ...what }: BusEvent): string {
  return [type, ...Object.values(what)].join(' ');
}

describe("a bus's events", () => {
  it('Z1: tell of topics', async () => {
    const { bus, events } = watchedBus();
    const calls = bus.topic('calls');
    bus.topic('calls');
    createTopicPool(calls).topic('1');
    createCachingTopic(calls, createCache({ id: () => undefined }));
    expect(events.splice(0)).toEqual([
      'topic-created calls',
      'topic-created calls/1',
      'forwarded calls/1 calls',
      'topic-created calls-cached',
    ]);

    calls.complete();
    calls.complete();
    bus.topic('calls/1').error(new Error('cannot'));
    await bus.settled();
    expect(events.slice(0, 3)).toEqual(['topic-ended calls', 'topic-ended calls-cached', 'topic-ended calls/1']);
  });

  it('S3, S4: tell of subscriptions, from their coming to the end of their final message', async () => {
    const { bus, events } = watchedBus();
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { name: 'log' });
    expect(events.splice(0)).toEqual(['topic-created calls', 'subscribed calls calls#1 log']);

    subscription.unsubscribe();
    subscription.unsubscribe();
    expect(events.splice(0)).toEqual(['unsubscribed calls calls#1']);
    await subscription.join();
    expect(events.splice(0)).toEqual(['done calls calls#1']);
  });

  it('S4: tell of subscriptions that end with their topic, or at once', async () => {
    const { bus, events } = watchedBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {}, { delivery: 'synchronous', name: 'log' });
    events.length = 0;
    calls.complete();
    expect(events.splice(0)).toEqual(['topic-ended calls', 'unsubscribed calls calls#1', 'done calls calls#1']);

    subscribe(calls, () => {}, { name: 'late' });
    await bus.settled();
    expect(events).toEqual(['subscribed calls calls#2 late', 'unsubscribed calls calls#2', 'done calls calls#2']);
  });

  it('F1: tell of forwards', () => {
    const { bus, events } = watchedBus();
    const [from, to] = [bus.topic('from'), bus.topic('to')];
    events.length = 0;
    const forward = forwardAll(from, to);
    forward.cancel();
    forward.cancel();
    forwardAll(from, from).cancel();

    expect(events).toEqual(['forwarded from to', 'forward-cancelled from to']);
  });

  it.each(['from', 'to'] as const)('F1: do not tell of a forward that ended with its topic (%s)', (end) => {
    const { bus, events } = watchedBus();
    const topics = { from: bus.topic('from'), to: bus.topic('to') };
    const forward = forwardAll(topics.from, topics.to);
    topics[end].complete();
    forwardAll(bus.topic('from'), bus.topic('to'));
    events.length = 0;
    forward.cancel();

    expect(events).toEqual([]);
  });

  it('S10: tell of congestion', async () => {
    const { bus, events } = watchedBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {}, { accept: [Ping], highWater: 2, lowWater: 1 });
    events.length = 0;
    for (let n = 0; n < 4; n++) calls.publish(Ping(n));
    await bus.settled();

    expect(events).toEqual(['congestion calls#1 high 3', 'congestion calls#1 clear 1']);
  });

  it('S10: tell of messages that were dropped', () => {
    const { bus, events } = watchedBus();
    const calls = bus.topic('calls');
    subscribe(calls, () => {}, { accept: [Ping], capacity: 1, overflow: 'drop-oldest' });
    events.length = 0;
    for (let n = 0; n < 3; n++) calls.publish(Ping(n));

    expect(events.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'dropped calls#1 ping',
      'error StasisError: [core]',
      'dropped calls#1 ping',
    ]);
  });

  it('T6: tell of errors, wherever they are reported', async () => {
    const onError = jest.fn();
    const { bus } = watchedBus({ onError });
    const seen: unknown[] = [];
    bus.events$.subscribe((event) => {
      if (event.type === 'error') seen.push(event.error);
    });
    const calls = bus.topic('calls');
    const own = jest.fn();
    const fail = (): void => {
      throw new Error('cannot');
    };
    subscribe(calls, fail, { accept: [Ping] });
    subscribe(calls, fail, { accept: [Ping], onError: own });
    calls.publish(Ping(1));
    calls.error(new Error('cannot'));
    await bus.settled();

    const reported = [...onError.mock.calls, ...own.mock.calls].map(([error]) => error as unknown);
    expect(seen).toHaveLength(3);
    expect(new Set(seen)).toEqual(new Set(reported));
    expect(seen).toMatchObject([{ code: 'TOPIC_FAILED' }, { code: 'DISPATCH' }, { code: 'DISPATCH' }]);
  });

  it('S6: complete when the bus has closed, after all that happens then', async () => {
    const { bus, events } = watchedBus();
    subscribe(bus.topic('calls'), () => {}, { name: 'log' });
    events.length = 0;
    await bus.close();

    expect(events).toEqual(['topic-ended calls', 'unsubscribed calls calls#1', 'done calls calls#1', 'complete']);
    expect(record(bus)).toEqual(['complete']);
  });

  it('S6: complete also when the bus closes without waiting for a handler that hangs', async () => {
    const { bus, events } = watchedBus();
    subscribe(bus.topic('calls'), () => new Promise(() => {}));
    await Promise.resolve();
    await bus.close({ signal: AbortSignal.abort() });

    expect(events.at(-1)).toBe('complete');
  });

  it('Z1: are a discriminated union of plain JSON, but for errors', () => {
    const bus = createBus();
    const seen: BusEvent[] = [];
    bus.events$.subscribe((event) => seen.push(event));
    const calls = bus.topic('calls');
    const subscription = subscribe(calls, () => {}, { highWater: 1, name: 'log' });
    calls.publish(Ping(1));
    subscription.unsubscribe();

    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
    expect(seen).toEqual([
      { type: 'topic-created', topic: 'calls' },
      { type: 'subscribed', topic: 'calls', subscription: 'calls#1', name: 'log' },
      { type: 'congestion', subscription: 'calls#1', state: 'high', depth: 2 },
      { type: 'unsubscribed', topic: 'calls', subscription: 'calls#1' },
    ]);
  });

  it('Z1: are those from when an observer comes to when it leaves', () => {
    const { bus, events } = watchedBus();
    const late: BusEvent[] = [];
    bus.topic('early');
    const watching = bus.events$.subscribe((event) => late.push(event));
    bus.topic('calls');
    watching.unsubscribe();
    bus.topic('late');

    expect(late).toEqual([{ type: 'topic-created', topic: 'calls' }]);
    expect(events).toHaveLength(3);
  });
});

describe('what an observer of events may do', () => {
  it.each(['queued', 'synchronous'] as const)(
    'S3: it may publish when somebody subscribes: the announcement comes first (%s)',
    async (delivery) => {
      const { bus } = watchedBus();
      const calls = bus.topic<Message<number>>('calls');
      bus.events$.subscribe(({ type }) => {
        if (type === 'subscribed') calls.publish(Ping(1));
      });
      const seen: string[] = [];
      subscribe(calls, (message) => seen.push(inWords(message)), { delivery });
      await bus.settled();

      expect(seen).toEqual(['Subscribe calls#1', '1']);
    },
  );

  it.each(['queued', 'synchronous'] as const)(
    'S4: it may publish when somebody leaves, or the topic ends: nothing comes after that (%s)',
    async (delivery) => {
      const { bus } = watchedBus();
      const calls = bus.topic<Message<number>>('calls');
      const seen: string[] = [];
      const subscriptions = [1, 2].map((n) =>
        subscribe(calls, (message) => seen.push(`${n}: ${inWords(message)}`), { accept: [Ping], delivery }),
      );
      calls.subscribe(({ data }) => seen.push(`observer: ${data}`));
      bus.events$.subscribe(({ type }) => {
        if (['unsubscribed', 'done', 'topic-ended'].includes(type)) calls.publish(Ping(0));
      });
      subscriptions[0]!.unsubscribe();
      await subscriptions[0]!.join();
      await bus.settled(); // a slow machine may leave the other one to a later turn
      const whileOpen = seen.splice(0);
      calls.complete();
      await bus.settled();

      expect(whileOpen.filter((line) => line.startsWith('1'))).toEqual([]);
      expect(whileOpen.filter((line) => line.startsWith('2'))).toEqual(['2: 0', '2: 0']);
      expect(seen).toEqual([]);
    },
  );

  it('T3: it sees events in their order, whatever it brings about', () => {
    const { bus } = watchedBus();
    bus.events$.subscribe((event) => {
      if (event.type === 'topic-created' && event.topic === 'one') bus.topic('two');
    });
    const events = record(bus);
    bus.topic('one');

    expect(events).toEqual(['topic-created one', 'topic-created two']);
  });

  it('T3: it may make a topic anew whose name has just become free', () => {
    const { bus } = watchedBus();
    const topics: unknown[] = [];
    bus.events$.subscribe((event) => {
      if (event.type === 'topic-ended') topics.push(bus.topic(event.topic));
    });
    const calls = bus.topic('calls');
    calls.complete();

    expect(topics).toEqual([bus.find('calls')]);
    expect(topics[0]).not.toBe(calls);
  });

  it('T6: it may throw, and keeps nobody from anything', async () => {
    jest.useFakeTimers();
    try {
      const { bus } = watchedBus();
      bus.events$.subscribe(() => {
        throw new Error('cannot');
      });
      const events = record(bus);
      const seen: string[] = [];
      const calls = bus.topic<Message<number>>('calls');
      subscribe(calls, (message) => seen.push(inWords(message)));
      calls.publish(Ping(1));
      await bus.settled();

      expect(seen).toEqual(['Subscribe calls#1', '1']);
      expect(events).toHaveLength(2);
      expect(() => jest.runAllTimers()).toThrow('cannot'); // where RxJS reports an unhandled error
    } finally {
      jest.useRealTimers();
    }
  });
});
