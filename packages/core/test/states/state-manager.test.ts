import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  forwardAll,
  messageType,
  subscribe,
  type Bus,
  type Message,
  type StateManager,
  type StateObserver,
  type StasisError,
  type SubscribeOptions,
  type Topic,
} from '../../src/index.js';
import { createGate } from '../support/gate.js';
import { inWords } from '../support/in-words.js';

const Device = messageType<string>('device');
const Ping = messageType<number>('ping');

function deviceStates() {
  const errors: StasisError[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  return { bus, states: createStateManager<Message<string>>(bus, 'device:all'), errors };
}

/** What an observer is told, as lines. */
function observe(states: StateManager<Message<string>>): string[] {
  const lines: string[] = [];
  states.observe({
    subscribe: (id, subscriber) => lines.push(`subscribe ${id} ${subscriber.subscription.id}`),
    unsubscribe: (id, subscriber) => lines.push(`unsubscribe ${id} ${subscriber.subscription.id}`),
    publish: (id, message) => lines.push(`publish ${id} ${message.data}`),
  });
  return lines;
}

const topicNames = (bus: Bus): string[] => bus.topics().map(({ name }) => name);

describe('a state', () => {
  it('X1: has a topic of its own, forwarded to the one for all', async () => {
    const { bus, states } = deviceStates();
    const [all, own]: [string[], string[]] = [[], []];
    subscribe(states.topic, ({ data }, topic) => all.push(`${topic.name} ${data}`), { accept: [Device] });
    states.subscribe('101', (message) => own.push(inWords(message)), { accept: [Device] });
    states.publish('101', Device('busy'));
    states.publish('102', Device('idle'));
    await bus.settled();

    expect(states.topic).toBe(bus.find('device:all'));
    expect(topicNames(bus)).toEqual(['device:all', 'device:all/101', 'device:all/102']);
    expect(all).toEqual(['device:all/101 busy', 'device:all/102 idle']);
    expect(own).toEqual(['busy']);
  });

  it('X1: keeps its last message, which a subscriber can read at once', async () => {
    const { bus, states } = deviceStates();
    const handler = jest.fn();
    const last = Device('idle');
    states.publish('101', Device('busy'));
    states.publish('101', last);
    const subscriber = states.subscribe('101', handler, { accept: [Device] });

    expect(subscriber.data).toBe(last);
    const next = Device('busy');
    states.publish('101', next);
    expect(subscriber.data).toBe(next);

    await bus.settled();
    expect(handler.mock.calls.map(([message]) => message as unknown)).toEqual([next]);
  });

  it('X1: has no data before the first message', () => {
    const { states } = deviceStates();

    expect(states.subscribe('101', () => {}).data).toBeUndefined();
    expect(states.publisher('101').data).toBeUndefined();
  });

  it('X1: has its data also for who publishes or subscribes inside a handler', () => {
    const { states } = deviceStates();
    const seen: unknown[] = [];
    states.subscribe(
      '101',
      (message) => {
        if (message.data !== 'one') return;
        states.publish('101', Device('two'));
        seen.push(states.subscribe('101', () => {}).data?.data);
      },
      { accept: [Device], delivery: 'synchronous' },
    );
    states.publish('101', Device('one'));

    expect(seen).toEqual(['two']);
  });

  it('X1: keeps its data for itself', () => {
    const { states } = deviceStates();
    states.publish('101', Device('busy'));

    expect(states.subscribe('102', () => {}).data).toBeUndefined();
  });

  it.each(['0', 'constructor', '__proto__', 'a/b', ' '])('X1: may be called %p', (id) => {
    const { bus, states } = deviceStates();
    expect(states.ids()).toEqual([]);
    states.publish(id, Device('busy'));

    expect(states.ids()).toEqual([id]);
    expect(states.publisher(id).data?.data).toBe('busy');
    expect(bus.find(`device:all/${id}`)).toBeDefined();
  });
});

describe('how long a state lives', () => {
  type Hold = (states: StateManager<Message<string>>) => () => unknown;
  const holders: Record<string, Hold> = {
    'an explicit publisher': (states) => {
      const publisher = states.publisher('101');
      return () => publisher.unsubscribe();
    },
    'an implicit publisher': (states) => {
      states.publish('101', Device('busy'));
      return () => states.remove('101');
    },
    'an implicit publisher of another entity': (states) => {
      states.publish('101', Device('busy'), 'node-b');
      return () => states.remove('101', 'node-b');
    },
    'an implicit publisher of an aggregate': (states) => {
      states.publish('101', Device('busy', { eid: null }));
      return () => states.remove('101', null);
    },
    'a subscriber': (states) => {
      const subscriber = states.subscribe('101', () => {});
      return () => subscriber.unsubscribe();
    },
  };
  const names = Object.keys(holders);

  it.each(names)('X1: as long as it has %s', (name) => {
    const { bus, states } = deviceStates();
    const release = holders[name]!(states);
    expect(states.ids()).toEqual(['101']);
    const topic = bus.find('device:all/101')!;

    release();
    expect(states.ids()).toEqual([]);
    expect(topic.isCompleted).toBe(true);
    expect(topicNames(bus)).toEqual(['device:all']);
  });

  it.each(names.flatMap((first) => names.filter((name) => name !== first).map((second) => [first, second] as const)))(
    'X1: no longer than the last of %s and %s',
    (first, second) => {
      const { states } = deviceStates();
      const releases = [first, second].map((name) => holders[name]!(states));

      releases[0]!();
      expect(states.ids()).toEqual(['101']);
      releases[1]!();
      expect(states.ids()).toEqual([]);
      for (const release of releases) release();
      expect(states.ids()).toEqual([]);
    },
  );

  it('X1: when it comes again it is a new one, without data', async () => {
    const { bus, states } = deviceStates();
    const seen: string[] = [];
    subscribe(states.topic, ({ data }) => seen.push(data), { accept: [Device] });
    states.publish('101', Device('old'));
    states.remove('101');
    const subscriber = states.subscribe('101', () => {});
    expect(subscriber.data).toBeUndefined();

    states.publish('101', Device('new'));
    await bus.settled();
    expect(seen).toEqual(['old', 'new']);
  });

  it('X1: a former holder cannot end the new one', () => {
    const { states } = deviceStates();
    const former = states.publisher('101');
    former.unsubscribe();
    states.publish('101', Device('new'));
    former.unsubscribe();
    former.publish(Device('late'));

    expect(states.ids()).toEqual(['101']);
    expect(states.publisher('101').data?.data).toBe('new');
  });

  it('X1: until its topic ends in another way; then it may come again', async () => {
    const { bus, states } = deviceStates();
    const publisher = states.publisher('101');
    states.publish('101', Device('old'));
    const subscriber = states.subscribe('101', () => {});
    const lines = observe(states);
    bus.find('device:all/101')?.complete();
    expect(states.ids()).toEqual([]);
    publisher.publish(Device('late'));
    await subscriber.join();
    expect(lines).toEqual(['unsubscribe 101 device:all/101#1']);

    states.publish('101', Device('new'));
    publisher.unsubscribe();
    subscriber.unsubscribe();
    expect(states.ids()).toEqual(['101']);
    expect([publisher.data?.data, states.publisher('101').data?.data]).toEqual(['old', 'new']);
  });

  it('X1: until the bus closes', async () => {
    const { bus, states } = deviceStates();
    states.publish('101', Device('busy'));
    const publisher = states.publisher('102');
    const subscriber = states.subscribe('103', () => {});
    await bus.close();
    await subscriber.join();

    expect(states.ids()).toEqual([]);
    publisher.publish(Device('late'));
    expect(publisher.data).toBeUndefined();
    expect(() => states.publish('101', Device('late'))).toThrow(expect.objectContaining({ code: 'BUS_CLOSED' }));
  });

  it('X1: ends with the final message when its subscription is ended from elsewhere', async () => {
    const { states } = deviceStates();
    const abort = new AbortController();
    const bySignal = states.subscribe('101', () => {}, { signal: abort.signal });
    const byHand = states.subscribe('102', () => {});
    abort.abort();
    byHand.subscription.unsubscribe();
    await Promise.all([bySignal.join(), byHand.join()]);

    expect(states.ids()).toEqual([]);
  });

  it('X1: leaves nothing behind after 10,000 rounds', async () => {
    const { bus, states } = deviceStates();
    const watching = states.observe({});
    for (let round = 0; round < 10_000; round++) {
      const id = String(round % 3);
      const publisher = states.publisher(id);
      const subscriber = states.subscribe(id, () => {}, { delivery: 'synchronous' });
      states.publish(id, Device('busy'), 'node-b');
      publisher.publish(Device('idle'));
      publisher.unsubscribe();
      subscriber.unsubscribe();
      states.remove(id, 'node-b');
    }
    watching.unsubscribe();
    await bus.settled();

    expect(states.ids()).toEqual([]);
    expect(topicNames(bus)).toEqual(['device:all']);
    expect(bus.statistics().subscriptions).toEqual([]);
  });
});

describe('a subscriber to a state', () => {
  it.each(['queued', 'synchronous'] as const)(
    'X1, S3, S4: gets its announcement, what is published, and its final message (%s)',
    async (delivery) => {
      const { states } = deviceStates();
      const seen: string[] = [];
      const subscriber = states.subscribe('101', (message) => seen.push(inWords(message)), { delivery });
      const { id } = subscriber.subscription;
      states.publish('101', Device('busy'));
      subscriber.unsubscribe();
      states.publish('101', Device('late'));
      await subscriber.join();

      expect(seen).toEqual([`Subscribe ${id}`, 'busy', `Unsubscribe ${id}`]);
      expect(subscriber.subscription.isDone).toBe(true);
      expect(subscriber.id).toBe('101');
    },
  );

  it("X1: has a subscription's options", async () => {
    const { bus, states } = deviceStates();
    const finals: unknown[] = [];
    const failures: StasisError[] = [];
    const handler = (): void => {
      throw new Error('cannot');
    };
    const options: SubscribeOptions = {
      accept: [Device],
      name: 'lamp',
      onFinal: (final) => finals.push(final.data.description),
      onError: (error) => failures.push(error),
    };
    const subscriber = states.subscribe('101', handler, options);
    states.publish('101', Device('busy'));
    subscriber.unsubscribe();
    await bus.settled();

    expect(subscriber.subscription.name).toBe('lamp');
    expect(finals).toEqual(['Unsubscribe']);
    expect(failures).toMatchObject([{ code: 'DISPATCH' }]);
  });

  it('X1, S7: may unsubscribe twice, and inside its handler', async () => {
    const { states } = deviceStates();
    const lines = observe(states);
    const subscriber = states.subscribe('101', () => {
      subscriber.unsubscribe();
      subscriber.unsubscribe();
    });
    await subscriber.join();

    expect(lines).toEqual(['subscribe 101 device:all/101#1', 'unsubscribe 101 device:all/101#1']);
    expect(states.ids()).toEqual([]);
  });

  it('X1, S6: lets go at once, and joins when its handler has finished', async () => {
    const { bus, states } = deviceStates();
    const gate = createGate();
    const subscriber = states.subscribe('101', () => gate.opened);
    await Promise.resolve();
    subscriber.unsubscribe();
    expect(states.ids()).toEqual([]);
    const steps: string[] = [];
    const joined = subscriber.join().then(() => steps.push('joined'));

    steps.push('open');
    gate.open();
    await joined;
    await bus.settled();
    expect(steps).toEqual(['open', 'joined']);
  });

  it('X1: that was refused leaves no state behind', () => {
    const { bus, states } = deviceStates();
    const refused = [
      () => states.subscribe('101', 'handler' as never),
      () => states.subscribe('101', () => {}, { highWater: 0 }),
    ];
    for (const call of refused) expect(call).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));

    expect(states.ids()).toEqual([]);
    expect(topicNames(bus)).toEqual(['device:all']);
  });

  it.each(['queued', 'synchronous'] as const)('X1: with an aborted signal comes and goes (%s)', async (delivery) => {
    const { states } = deviceStates();
    const lines = observe(states);
    const subscriber = states.subscribe('101', () => {}, { delivery, signal: AbortSignal.abort() });
    await subscriber.join();

    expect(lines).toEqual(['subscribe 101 device:all/101#1', 'unsubscribe 101 device:all/101#1']);
    expect(states.ids()).toEqual([]);
  });
});

describe('publishers', () => {
  it('X2: an explicit one publishes through its handle, and reads the last message', () => {
    const { states } = deviceStates();
    const [one, other] = [states.publisher('101'), states.publisher('101')];
    const message = Device('busy');
    one.publish(message);

    expect([one.id, one.data, other.data]).toEqual(['101', message, message]);
  });

  it('X2: an explicit one does nothing once it has unsubscribed', async () => {
    const { bus, states } = deviceStates();
    const seen: unknown[] = [];
    states.subscribe('101', ({ data }) => seen.push(data), { accept: [Device] });
    const publisher = states.publisher('101');
    publisher.unsubscribe();
    publisher.unsubscribe();
    publisher.publish(Device('late'));
    await bus.settled();

    expect(seen).toEqual([]);
    expect(publisher.data).toBeUndefined();
    expect(states.ids()).toEqual(['101']);
  });

  it('X2: explicit ones are counted one by one', () => {
    const { states } = deviceStates();
    const [one, other] = [states.publisher('101'), states.publisher('101')];
    one.unsubscribe();
    one.unsubscribe();
    expect(states.ids()).toEqual(['101']);
    other.unsubscribe();
    expect(states.ids()).toEqual([]);
  });

  it('X2: there is one implicit publisher for each id and entity, however often it publishes', () => {
    const { states } = deviceStates();
    for (const eid of ['local', 'node-b', 'node-b', 'local']) states.publish('101', Device('busy', { eid }));
    expect(states.remove('101', 'node-b')).toBe(true);
    expect(states.remove('101', 'node-b')).toBe(false);
    expect(states.ids()).toEqual(['101']);
    expect(states.remove('101', 'local')).toBe(true);

    expect(states.ids()).toEqual([]);
  });

  it("X2: the given entity id counts, else the message's", () => {
    const { states } = deviceStates();
    states.publish('101', Device('busy', { eid: 'node-b' }), 'node-c');

    expect([states.remove('101', 'node-b'), states.remove('101'), states.remove('101', 'node-c')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it.each(['node-b', null, ''])('X2: a last message of entity %p removes the publisher of that entity', (eid) => {
    const { states } = deviceStates();
    states.publish('101', Device('busy', { eid }));

    expect(states.remove('101', undefined, Device('gone', { eid }))).toBe(true);
    expect(states.ids()).toEqual([]);
  });

  it('X2: an implicit one may be removed with a last message, which is published before the state ends', async () => {
    const { bus, states } = deviceStates();
    const seen: string[] = [];
    subscribe(states.topic, ({ data }) => seen.push(data), { accept: [Device] });
    const subscriber = states.subscribe('102', () => {});
    for (const id of ['101', '102']) {
      states.publish(id, Device(`${id} busy`));
      expect(states.remove(id, undefined, Device(`${id} gone`))).toBe(true);
    }
    await bus.settled();

    expect(seen).toEqual(['101 busy', '101 gone', '102 busy', '102 gone']);
    expect(subscriber.data?.data).toBe('102 gone');
    expect(states.ids()).toEqual(['102']);
  });

  it('X2: removing what is not there does nothing, also with a last message', () => {
    const { bus, states } = deviceStates();
    const lines = observe(states);
    states.publisher('102');
    expect([states.remove('101'), states.remove('101', 'node-b', Device('gone'))]).toEqual([false, false]);
    expect([states.remove('102'), states.remove('102', undefined, Device('gone'))]).toEqual([false, false]);

    expect(lines).toEqual([]);
    expect(topicNames(bus)).toEqual(['device:all', 'device:all/102']);
  });
});

describe('observers', () => {
  it('X2: are told of subscribe, publish and unsubscribe, on the stack of who did it', async () => {
    const { states } = deviceStates();
    const lines = observe(states);
    const told = (): string[] => lines.splice(0);

    const subscriber = states.subscribe('101', () => {});
    expect(told()).toEqual(['subscribe 101 device:all/101#1']);
    const publisher = states.publisher('101');
    publisher.publish(Device('explicit'));
    expect(told()).toEqual(['publish 101 explicit']);
    states.publish('102', Device('implicit'));
    expect(told()).toEqual(['publish 102 implicit']);
    states.remove('102', undefined, Device('last'));
    expect(told()).toEqual(['publish 102 last']);
    publisher.unsubscribe();
    expect(told()).toEqual([]);
    subscriber.unsubscribe();
    expect(told()).toEqual(['unsubscribe 101 device:all/101#1']);
    await subscriber.join();
    expect(told()).toEqual([]);
  });

  it('X2: find the last message and the subscriber as they now are', () => {
    const { states } = deviceStates();
    const seen: unknown[] = [];
    states.observe({
      publish: (id) => seen.push(states.publisher(id).data?.data),
      subscribe: (_, subscriber) => seen.push(subscriber.subscription.isSubscribed, subscriber.data?.data),
      unsubscribe: (_, subscriber) => seen.push(subscriber.subscription.isSubscribed),
    });
    states.publish('101', Device('busy'));
    states.subscribe('101', () => {}).unsubscribe();

    expect(seen).toEqual(['busy', true, 'busy', false]);
  });

  it('X2: are told no more once they have unsubscribed; one added twice is two', () => {
    const { states } = deviceStates();
    const observer = { publish: jest.fn() };
    const handles = [states.observe(observer), states.observe(observer)];
    states.publish('101', Device('one'));
    handles[0]!.unsubscribe();
    handles[0]!.unsubscribe();
    states.publish('101', Device('two'));
    handles[1]!.unsubscribe();
    states.publish('101', Device('three'));

    expect(observer.publish.mock.calls.map(([, message]) => (message as Message).data)).toEqual(['one', 'one', 'two']);
  });

  it('X2: may be instances of a class', () => {
    class Log implements StateObserver<Message<string>> {
      readonly lines: string[] = [];
      publish(id: string, { data }: Message<string>): void {
        this.lines.push(`${id} ${data}`);
      }
    }
    const { states } = deviceStates();
    const log = new Log();
    states.observe(log);
    states.publish('101', Device('busy'));

    expect(log.lines).toEqual(['101 busy']);
  });

  it('T6, X2: that fail keep nobody from being told; it is reported to the bus', async () => {
    const { states, errors } = deviceStates();
    const cause = new Error('cannot');
    states.observe({
      publish() {
        throw cause;
      },
    });
    states.observe({ publish: () => Promise.reject(cause) });
    const lines = observe(states);
    states.publish('101', Device('busy'));
    await new Promise(setImmediate);

    expect(lines).toEqual(['publish 101 busy']);
    expect(errors).toMatchObject([
      { code: 'STATE_OBSERVER', cause, message: '[core] an observer of a state manager failed.' },
      { code: 'STATE_OBSERVER', cause },
    ]);
  });

  it('T3, X2: are told in the order in which things happen, also by what one of them does', () => {
    const { states } = deviceStates();
    states.observe({
      publish(id, { data }) {
        if (data === 'one') states.publish(id, Device('two'));
        if (data === 'two') states.subscribe(id, () => {}).unsubscribe();
      },
    });
    const lines = observe(states);
    states.publish('101', Device('one'));

    expect(lines).toEqual([
      'publish 101 one',
      'publish 101 two',
      'subscribe 101 device:all/101#1',
      'unsubscribe 101 device:all/101#1',
    ]);
  });

  it('T3, X2: are told in the order of publishing, also of what a subscriber publishes in turn', () => {
    const { states } = deviceStates();
    const told: string[] = [];
    states.observe({ publish: (_, { data }) => told.push(data) });
    states.topic.subscribe(({ data }) => {
      if (data === 'one') states.publish('1', Device('two'));
    });

    states.publish('1', Device('one'));

    expect(told).toEqual(['one', 'two']);
  });

  it('X2: may come and go while they are told', () => {
    const { states } = deviceStates();
    const seen: string[] = [];
    const first = states.observe({
      publish: () => {
        seen.push('first');
        first.unsubscribe();
        second.unsubscribe();
        states.observe({ publish: () => seen.push('third') });
      },
    });
    const second = states.observe({ publish: () => seen.push('second') });
    states.publish('101', Device('one'));
    states.publish('101', Device('two'));

    expect(seen).toEqual(['first', 'third']);
  });
});

describe('a call that cannot work', () => {
  it.each<[string, (states: StateManager) => unknown, string]>([
    [
      'an empty id',
      (states) => states.publisher(''),
      'states.publisher(): expected id to be a string that is not empty, got "" (string).',
    ],
    [
      'a number for an id',
      (states) => states.subscribe(0 as never, () => {}),
      'states.subscribe(): expected id to be a string that is not empty, got 0 (number).',
    ],
    [
      'no id',
      (states) => states.publish(undefined as never, Device('busy')),
      'states.publish(): expected id to be a string that is not empty, got undefined.',
    ],
    [
      'data alone',
      (states) => states.publish('101', 'busy' as never),
      'states.publish(): expected a message, got "busy" (string).',
    ],
    [
      'no message',
      (states) => states.publish('101', undefined as never),
      'states.publish(): expected a message, got undefined.',
    ],
    [
      'data alone at last',
      (states) => states.remove('101', 'local', 'gone' as never),
      'states.remove(): expected a message, got "gone" (string).',
    ],
    [
      'data alone through a handle',
      (states) => states.publisher('101').publish('busy' as never),
      'states.publisher.publish(): expected a message, got "busy" (string).',
    ],
    ['no observer', (states) => states.observe(null as never), 'states.observe(): expected an observer, got null.'],
    [
      'an observer that cannot be told',
      (states) => states.observe({ publish: 'log' as never }),
      'states.observe(): expected publish to be a function, got "log" (string).',
    ],
  ])('X2: %s is refused', (_, call, message) => {
    const { states } = deviceStates();

    expect(() => call(states as StateManager)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: `[core] ${message}` }),
    );
  });

  it.each([
    [undefined, 'all', 'createStateManager(): expected a bus, got undefined.'],
    [{}, 'all', 'createStateManager(): expected a bus, got Object (object).'],
    [createBus(), '', 'bus.topic(): expected name to be a string that is not empty, got "" (string).'],
  ])('X1: createStateManager(%p, %p) is refused', (bus, name, message) => {
    expect(() => createStateManager(bus as Bus, name)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: `[core] ${message}` }),
    );
  });
});

describe('what a state manager does not own', () => {
  it('X1: two managers of one name are one: neither ends what the other holds', () => {
    const bus = createBus();
    const [one, two] = [createStateManager(bus, 'state'), createStateManager(bus, 'state')];
    const [first, second] = [one.publisher('1'), two.publisher('1')];
    const seen: unknown[] = [];
    two.topic.subscribe(({ data }) => seen.push(data));

    first.unsubscribe();
    second.publish(Ping(1));
    expect([seen, one.ids(), two.ids()]).toEqual([[1], ['1'], ['1']]);
    second.unsubscribe();

    expect([one.ids(), bus.find('state/1')]).toEqual([[], undefined]);
  });

  it('X1: a new one is made when its topic has ended', () => {
    const bus = createBus();
    const states = createStateManager(bus, 'state');
    states.topic.complete();

    expect(createStateManager(bus, 'state')).not.toBe(states);
  });

  it('X1: a topic that somebody made by its name lives on, and is no longer forwarded', () => {
    const bus = createBus();
    const states = createStateManager<Message<number>>(bus, 'state');
    const mine = bus.topic<Message<number>>('state/1');
    const subscription = subscribe(mine, () => undefined, { accept: [Ping] });
    const seen: number[] = [];
    states.topic.subscribe(({ data }) => seen.push(data));

    const publisher = states.publisher('1');
    publisher.publish(Ping(1));
    publisher.unsubscribe();
    mine.publish(Ping(2));

    expect([mine.isCompleted, subscription.isSubscribed, seen, states.ids()]).toEqual([false, true, [1], []]);
  });

  it.each([
    ['subscribes to', (topic: Topic) => subscribe(topic, () => undefined)],
    ['observes', (topic: Topic) => topic.subscribe(() => undefined)],
    ['caches', (topic: Topic) => createCachingTopic(topic, createCache({ id: () => undefined }))],
    ['forwards', (topic: Topic, bus: Bus) => forwardAll(topic, bus.topic('others'))],
    ['has in a pool', (topic: Topic, bus: Bus) => createTopicPool(bus.topic('state')).topic(topic.name.slice(6))],
    ['has as a state', (_: Topic, bus: Bus) => createStateManager(bus, 'state/1').publisher('2')],
  ])('X1: a topic that somebody else %s lives on', (_, use) => {
    const bus = createBus();
    const states = createStateManager(bus, 'state');
    const publisher = states.publisher('1/2');
    const topic = bus.find('state/1/2')!;
    use(topic, bus);

    publisher.unsubscribe();

    expect([topic.isCompleted, states.ids()]).toEqual([false, []]);
  });

  it('X1: the last who holds a topic ends it', () => {
    const bus = createBus();
    const first = createStateManager(bus, 'state').publisher('1/2');
    const second = createStateManager(bus, 'state/1').publisher('2');
    const topic = bus.find('state/1/2')!;

    first.unsubscribe();
    expect(topic.isCompleted).toBe(false);
    second.unsubscribe();

    expect(topic.isCompleted).toBe(true);
  });
});

describe('a topic that is more than a state', () => {
  it.each([
    ['another state manager', (bus: Bus) => createStateManager(bus, 'state/1').topic],
    ['a pool', (bus: Bus) => createTopicPool(bus.topic('state/1')).parent],
  ])('X1: lives on as the root of %s', (_, use) => {
    const bus = createBus();
    const publisher = createStateManager(bus, 'state').publisher('1');
    const root = use(bus);

    publisher.unsubscribe();

    expect([root.isCompleted, createStateManager(bus, 'state/1').topic === root]).toEqual([false, true]);
  });

  it('X1: has one state, also when an observer of the bus asks for it in the middle', () => {
    const bus = createBus();
    const states = createStateManager<Message<number>>(bus, 'state');
    bus.events$.subscribe(({ type }) => type === 'topic-created' && states.publisher('1').publish(Ping(1)));

    const publisher = states.publisher('1');

    expect([publisher.data?.data, states.get('1')?.data]).toEqual([1, 1]);
  });
});

describe('reading states', () => {
  it('X1: needs no hold on them', () => {
    const bus = createBus();
    const states = createStateManager<Message<number>>(bus, 'state');
    states.publish('1', Ping(1));
    states.publisher('2');

    expect(states.entries().map(([id, message]) => [id, message?.data])).toEqual([
      ['1', 1],
      ['2', undefined],
    ]);
    expect([states.get('1')?.data, states.get('2'), states.get('3')]).toEqual([1, undefined, undefined]);
    states.remove('1');
    expect(states.ids()).toEqual(['2']);
  });
});
