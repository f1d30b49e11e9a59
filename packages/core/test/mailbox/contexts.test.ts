import { AsyncLocalStorage } from 'node:async_hooks';
import * as fc from 'fast-check';
import {
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  forwardAll,
  messages,
  messageType,
  subscribe,
  type BusOptions,
  type HandlerContext,
  type Message,
} from '../../src/index.js';

const Ping = messageType<string>('ping');
const storage = new AsyncLocalStorage<string>();

function pingTopic(options: BusOptions) {
  const errors: string[] = [];
  const bus = storage.run('the bus', () => createBus({ ...options, onError: ({ code }) => errors.push(code) }));
  return { bus, pings: bus.topic<Message<string>>('pings'), errors };
}

type Pings = ReturnType<typeof pingTopic>['pings'];

/** Publishes as each of them, in one burst; the message says who it was. */
function publishAs(topic: Pings, ...publishers: string[]): void {
  for (const publisher of publishers) storage.run(publisher, () => void topic.publish(Ping(publisher)));
}

/** What was published by whom, and in whose context it is now. */
const seenNow = ({ data }: Message<string>): string => `${data} in ${String(storage.getStore())}`;

const later = () => new Promise((resolve) => setImmediate(resolve));

const { getBuiltinModule } = process;
/** As in a browser. */
const withoutNode = () => Object.assign(process, { getBuiltinModule: undefined });
afterEach(() => void Object.assign(process, { getBuiltinModule }));

const dispatchers: [string, BusOptions['dispatcher']][] = [
  ['the default dispatcher', undefined],
  ['a dispatcher of a user', (drain) => setImmediate(drain)],
];

describe.each(dispatchers)('with %s', (_, dispatcher) => {
  it.each([{}, { context: 'bus' }] as const)(
    'K1: handlers run in the context in which the bus was made, behind an await too: %j',
    async (options) => {
      const { bus, pings } = pingTopic({ dispatcher, ...options });
      const seen: string[] = [];
      const handler = async (message: Message<string>) => {
        seen.push(seenNow(message));
        await later();
        seen.push(seenNow(message));
      };
      subscribe(pings, handler, { accept: [Ping] });
      publishAs(pings, 'ann', 'bob');
      await bus.settled();

      expect(seen).toEqual(['ann', 'ann', 'bob', 'bob'].map((publisher) => `${publisher} in the bus`));
    },
  );

  it('K1: each handler runs in the context of its publisher, with all of its asynchronous run', async () => {
    const { bus, pings } = pingTopic({ dispatcher, context: 'publisher' });
    const seen: string[] = [];
    const handler = async (message: Message<string>) => {
      seen.push(seenNow(message));
      await later();
      seen.push(seenNow(message));
    };
    subscribe(pings, handler, { accept: [Ping] });
    subscribe(pings, (message) => seen.push(seenNow(message)), { accept: [Ping] });
    publishAs(pings, 'ann', 'bob', 'carol');
    await bus.settled();

    expect(seen.sort()).toEqual(['ann', 'bob', 'carol'].flatMap((name) => Array(3).fill(`${name} in ${name}`)));
  });
});

describe('the context of a publisher', () => {
  it('K1: goes through forwards, and the handler is told the topic all the same', async () => {
    const { bus, pings } = pingTopic({ context: 'publisher' });
    const [between, all] = [bus.topic<Message<string>>('between'), bus.topic<Message<string>>('all')];
    forwardAll(pings, between);
    forwardAll(between, all);
    const seen: string[] = [];
    subscribe(all, (message, { name }) => seen.push(`${name}: ${seenNow(message)}`), { accept: [Ping] });
    publishAs(pings, 'ann', 'bob');
    publishAs(all, 'carol');
    await bus.settled();

    expect(seen).toEqual(['pings: ann in ann', 'pings: bob in bob', 'all: carol in carol']);
  });

  it('K1: goes through caches and messages()', async () => {
    const State = messageType<{ id: string }>('state');
    const { bus } = pingTopic({ context: 'publisher' });
    const states = bus.topic('states');
    const cached = createCachingTopic(
      states,
      createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) }),
    );
    const seen: unknown[] = [];
    subscribe(cached.topic, () => seen.push(storage.getStore()), { accept: [CacheUpdate] });
    messages(states, { accept: [State] }).subscribe(() => seen.push(storage.getStore()));
    for (const id of ['ann', 'bob']) storage.run(id, () => void states.publish(State({ id })));
    await bus.settled();

    expect(seen.sort()).toEqual(['ann', 'ann', 'bob', 'bob']);
  });

  it('K1: is that of a publish from inside a synchronous handler, whenever its turn comes', async () => {
    const { bus, pings } = pingTopic({ context: 'publisher' });
    const others = bus.topic<Message<string>>('others');
    const seen: string[] = [];
    subscribe(pings, () => publishAs(others, 'bob'), { accept: [Ping], delivery: 'synchronous' });
    subscribe(others, (message) => seen.push(`synchronous: ${seenNow(message)}`), {
      accept: [Ping],
      delivery: 'synchronous',
    });
    others.subscribe((message) => seen.push(`observer: ${seenNow(message)}`));
    subscribe(others, (message) => seen.push(`queued: ${seenNow(message)}`), { accept: [Ping] });
    publishAs(pings, 'ann');
    await bus.settled();

    expect(seen).toEqual(['synchronous: bob in bob', 'observer: bob in bob', 'queued: bob in bob']);
  });

  it('K1: is kept for what waits behind a synchronous handler that is awaited', async () => {
    const { bus, pings } = pingTopic({ context: 'publisher' });
    const seen: string[] = [];
    const handler = async (message: Message<string>) => {
      await later();
      seen.push(seenNow(message));
    };
    subscribe(pings, handler, { accept: [Ping], delivery: 'synchronous' });
    publishAs(pings, 'ann', 'bob', 'carol');
    await bus.settled();

    expect(seen).toEqual(['ann in ann', 'bob in bob', 'carol in carol']);
  });

  it('K1: is never that of another one, however publishers, forwards and handlers mingle', async () => {
    const step = fc.record({ publisher: fc.nat(9), topic: fc.nat(2), pause: fc.boolean() });
    const programs = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 100 }), async (steps) => {
      const { bus, pings } = pingTopic({ context: 'publisher' });
      const topics = [pings, bus.topic<Message<string>>('pings/1'), bus.topic<Message<string>>('pings/2')];
      for (const topic of topics.slice(1)) forwardAll(topic, pings);
      const seen: string[] = [];
      const see = (message: Message<string>) => void seen.push(seenNow(message));
      subscribe(pings, see, { accept: [Ping] });
      const handler = async (message: Message<string>) => {
        see(message);
        await Promise.resolve();
        see(message);
      };
      subscribe(pings, handler, { accept: [Ping] });
      subscribe(pings, handler, { accept: [Ping], delivery: 'synchronous' });
      for (const { publisher, topic, pause } of steps) {
        publishAs(topics[topic]!, `publisher ${publisher}`);
        if (pause) await Promise.resolve();
      }
      await bus.settled();

      expect(seen).toHaveLength(5 * steps.length);
      expect(seen.filter((line) => new Set(line.split(' in ')).size > 1)).toEqual([]);
    });
    await fc.assert(programs, { numRuns: 20 });
  });

  it('K1: is as little known as ever where the platform has none', async () => {
    withoutNode();
    const { bus, pings } = pingTopic({ context: 'publisher' });
    const seen: string[] = [];
    subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping] });
    publishAs(pings, 'ann', 'bob');
    await bus.settled();

    expect(seen).toEqual(['ann', 'bob']);
  });

  it('K1: is an AsyncContext where the platform has that', async () => {
    withoutNode();
    let current = 'nobody';
    class Snapshot {
      readonly #context = current;
      run(run: () => unknown): unknown {
        const outer = current;
        current = this.#context;
        try {
          return run();
        } finally {
          current = outer;
        }
      }
    }
    Object.assign(globalThis, { AsyncContext: { Snapshot } });
    try {
      const { bus, pings } = pingTopic({ context: 'publisher' });
      const seen: string[] = [];
      subscribe(pings, ({ data }) => seen.push(`${data} in ${current}`), { accept: [Ping] });
      for (current of ['ann', 'bob']) pings.publish(Ping(current));
      await bus.settled();
      expect(seen).toEqual(['ann in ann', 'bob in bob']);
    } finally {
      Reflect.deleteProperty(globalThis, 'AsyncContext');
    }
  });
});

describe('a context of a user', () => {
  function contextOf(run: HandlerContext<string>['run'] = (captured, handle) => storage.run(captured, handle)) {
    return { capture: jest.fn(() => `of ${String(storage.getStore())}`), run };
  }

  it('K1: is captured once a publish, and run in for each handler', async () => {
    const context = contextOf();
    const { bus, pings } = pingTopic({ context });
    const seen: string[] = [];
    for (let n = 0; n < 3; n++) subscribe(pings, (message) => seen.push(seenNow(message)), { accept: [Ping] });
    context.capture.mockClear();
    publishAs(pings, 'ann', 'bob');
    await bus.settled();

    expect(context.capture).toHaveBeenCalledTimes(2);
    expect(seen.sort()).toEqual([...Array(3).fill('ann in of ann'), ...Array(3).fill('bob in of bob')]);
  });

  it('K1: is not captured where no mailbox is fed', () => {
    const context = contextOf();
    const { pings } = pingTopic({ context });
    pings.subscribe();
    publishAs(pings, 'ann');

    expect(context.capture).not.toHaveBeenCalled();
  });

  it('K1, T6: what fails in it is reported, and the message handled once all the same', async () => {
    const ways: HandlerContext['run'][] = [
      () => {
        throw new Error('before');
      },
      (_, handle) => {
        handle();
        throw new Error('after');
      },
      () => undefined,
      (_, handle) => [handle(), handle()],
    ];
    const context = {
      capture: jest.fn(() => 'somewhere'),
      run: (captured: unknown, handle: () => unknown) => ways.shift()!(captured, handle),
    };
    const { bus, pings, errors } = pingTopic({ context });
    const seen: string[] = [];
    subscribe(pings, ({ data }) => seen.push(data), { accept: [Ping] });
    publishAs(pings, '1', '2', '3', '4');
    context.capture.mockImplementation(() => {
      throw new Error('no context');
    });
    publishAs(pings, '5');
    await bus.settled();

    expect(seen).toEqual(['1', '2', '3', '4', '5']);
    expect(errors).toEqual(['CONTEXT', 'CONTEXT', 'CONTEXT']);
  });

  it('K1, T6: a handler that throws or rejects in it is a DispatchError, and is waited for', async () => {
    const { bus, pings, errors } = pingTopic({ context: contextOf() });
    const seen: string[] = [];
    const handler = ({ data }: Message<string>) => {
      if (data === 'ann') throw new Error('no');
      return later().then(() => {
        seen.push(data);
        throw new Error('later');
      });
    };
    subscribe(pings, handler, { accept: [Ping] });
    publishAs(pings, 'ann', 'bob', 'carol');
    await bus.settled();

    expect(seen).toEqual(['bob', 'carol']);
    expect(errors).toEqual(['DISPATCH', 'DISPATCH', 'DISPATCH']);
  });

  it.each([1, 'publishers', {}, { capture: () => 1 }, null])('is refused as %j', (context) => {
    expect(() => createBus({ context: context as never })).toThrow(
      "[core] createBus(): expected context to be 'bus', 'publisher', or an object with capture and run",
    );
  });
});
