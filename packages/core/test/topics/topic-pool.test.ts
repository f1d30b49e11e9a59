import {
  createBus,
  createTopicPool,
  forwardAll,
  messageType,
  subscribe,
  type Message,
  type Topic,
} from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Ping = messageType<number>('ping');

function channelPool() {
  const bus = createBus();
  const parent = bus.topic<Message<number>>('channel:all');
  return { bus, parent, pool: createTopicPool(parent) };
}

function record(topic: Topic<Message<number>>): number[] {
  const seen: number[] = [];
  subscribe(topic, ({ data }) => seen.push(data), { accept: [Ping] });
  return seen;
}

describe('a topic pool', () => {
  it('F5: makes topics on demand, named after the parent', () => {
    const { bus, pool } = channelPool();
    const topic = pool.topic('1001');

    expect(topic.name).toBe('channel:all/1001');
    expect(bus.find('channel:all/1001')).toBe(topic);
  });

  it('F5: gives the same topic for the same name', () => {
    const { pool } = channelPool();

    expect(pool.topic('1001')).toBe(pool.topic('1001'));
    expect(pool.topic('1002')).not.toBe(pool.topic('1001'));
    expect(pool.size).toBe(2);
  });

  it('F5: forwards each topic to the parent, and nothing to a sibling', async () => {
    const { bus, parent, pool } = channelPool();
    const seen = [record(parent), record(pool.topic('1001')), record(pool.topic('1002'))];

    pool.topic('1001').publish(Ping(1));
    pool.topic('1002').publish(Ping(2));
    pool.topic('1003').publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([[1, 2, 3], [1], [2]]);
  });

  it('F5: can be asked whether it has a topic, and how many', () => {
    const { pool } = channelPool();
    expect([pool.has('1001'), pool.size]).toEqual([false, 0]);

    pool.topic('1001');

    expect([pool.has('1001'), pool.has('1002'), pool.size]).toEqual([true, false, 1]);
  });

  it('F5: compares names exactly', () => {
    const { pool } = channelPool();
    const names = ['sip/ann', 'SIP/ann', 'sip/ann ', 'ann', 'channel:all/ann', '/ann', '0', 'constructor', '__proto__'];
    const made = names.map((name) => pool.topic(name));

    expect(new Set(made).size).toBe(names.length);
    expect(pool.size).toBe(names.length);
    expect(made.map(({ name }) => name)).toEqual(names.map((name) => `channel:all/${name}`));
  });

  it.each(['constructor', '__proto__', 'toString'])('F5: has no topic %s that nobody asked for', (name) => {
    const { pool } = channelPool();

    expect(pool.has(name)).toBe(false);
    expect(pool.delete(name)).toBe(false);
  });

  it('F5: delete completes the topic: its subscribers get what is queued and their final message', async () => {
    const { bus, pool } = channelPool();
    const seen: string[] = [];
    const topic = pool.topic('1001');
    subscribe(topic, (message) => seen.push(inWords(message)));
    topic.publish(Ping(1));

    expect(pool.delete('1001')).toBe(true);
    await bus.settled();

    expect(seen).toEqual(['Subscribe channel:all/1001#1', '1', 'Unsubscribe channel:all/1001#1']);
    expect([pool.has('1001'), pool.size, bus.find('channel:all/1001')]).toEqual([false, 0, undefined]);
    expect(topic.isCompleted).toBe(true);
  });

  it('F5: deletes what is not there without an effect', () => {
    const { pool } = channelPool();
    pool.topic('1001');
    pool.delete('1001');

    expect(pool.delete('1001')).toBe(false);
    expect(pool.delete('1002')).toBe(false);
  });

  it('F5: gives a new topic that forwards for a deleted name', async () => {
    const { bus, parent, pool } = channelPool();
    const seen = record(parent);
    const old = pool.topic('1001');
    pool.delete('1001');
    const remade = pool.topic('1001');
    const own = record(remade);

    old.publish(Ping(1));
    remade.publish(Ping(2));
    await bus.settled();

    expect(remade).not.toBe(old);
    expect([seen, own]).toEqual([[2], [2]]);
    expect(pool.size).toBe(1);
  });

  it('F5: gives the new topic also during a final message of the old one', () => {
    const { pool } = channelPool();
    const old = pool.topic('1001');
    const remade: boolean[] = [];
    subscribe(
      old,
      (message, _, self) => {
        if (self.isFinal(message)) remade.push(pool.topic('1001') !== old);
      },
      { delivery: 'synchronous' },
    );

    pool.delete('1001');

    expect(remade).toEqual([true]);
    expect(pool.topic('1001').isCompleted).toBe(false);
  });

  it('F5: may be deleted from inside a handler', async () => {
    const { bus, pool } = channelPool();
    const seen: string[] = [];
    const topic = pool.topic('1001');
    subscribe(topic, (message) => {
      seen.push(inWords(message));
      if (message.data === 1) pool.delete('1001');
    });

    topic.publish(Ping(1));
    topic.publish(Ping(2));
    await bus.settled();

    expect(seen).toEqual(['Subscribe channel:all/1001#1', '1', '2', 'Unsubscribe channel:all/1001#1']);
  });

  it('F5: forgets a topic that completes by itself', () => {
    const { pool } = channelPool();
    const topic = pool.topic('1001');

    topic.complete();

    expect([pool.has('1001'), pool.size]).toEqual([false, 0]);
    expect(pool.topic('1001')).not.toBe(topic);
  });

  it('F5: keeps its topics when the parent completes', async () => {
    const { bus, parent, pool } = channelPool();
    const seen = record(pool.topic('1001'));

    parent.complete();
    pool.topic('1001').publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
    expect(pool.size).toBe(1);
  });

  it('F5: takes in a topic of the bus that has the name already', async () => {
    const { bus, parent, pool } = channelPool();
    const made = bus.topic<Message<number>>('channel:all/1001');
    const seen = record(parent);

    expect(pool.topic('1001')).toBe(made);
    made.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
  });

  it('F4: two pools of one parent share their topics, and a message reaches the parent once', async () => {
    const { bus, parent, pool } = channelPool();
    const other = createTopicPool(parent);
    const seen = record(parent);

    expect(other.topic('1001')).toBe(pool.topic('1001'));
    pool.topic('1001').publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
  });

  it('F5: pools may be nested', async () => {
    const { bus, parent, pool } = channelPool();
    const seen = record(parent);
    const nested = createTopicPool(pool.topic('1001'));

    nested.topic('legs').publish(Ping(1));
    await bus.settled();

    expect(nested.topic('legs').name).toBe('channel:all/1001/legs');
    expect(seen).toEqual([1]);
  });

  it('leaves nothing behind after 1,000 topics have come and gone', () => {
    const { bus, parent, pool } = channelPool();
    for (let n = 0; n < 1000; n++) {
      pool.topic(String(n)).publish(Ping(n));
      pool.delete(String(n));
    }

    expect(pool.size).toBe(0);
    expect(bus.topics()).toEqual([parent]);
  });

  it.each([
    ['', '"" (string)'],
    [5, '5 (number)'],
    [undefined, 'undefined'],
  ])('refuses the name %p', (name, text) => {
    const { pool } = channelPool();

    expect(() => pool.topic(name as string)).toThrow(
      `[core] pool.topic(): expected name to be a string that is not empty, got ${text}.`,
    );
    expect(pool.size).toBe(0);
  });

  it('refuses a parent that is no topic', () => {
    expect(() => createTopicPool({} as never)).toThrow(
      '[core] createTopicPool(): expected parent to be a topic of a bus, got Object (object).',
    );
  });

  it('refuses topics when the bus is closed', async () => {
    const { bus, pool } = channelPool();
    await bus.close();

    expect(() => pool.topic('1001')).toThrow(expect.objectContaining({ code: 'BUS_CLOSED' }));
    expect(pool.size).toBe(0);
  });
});

describe('a topic that cannot be forwarded to the parent', () => {
  it('F5: is refused each time, and is not in the pool', () => {
    const bus = createBus();
    const parent = bus.topic('parent');
    const known = bus.topic('parent/x');
    forwardAll(parent, known);
    const pool = createTopicPool(parent);

    for (let n = 0; n < 2; n++) {
      expect(() => pool.topic('x')).toThrow(expect.objectContaining({ code: 'FORWARD_CYCLE' }));
      expect([pool.has('x'), pool.size]).toEqual([false, 0]);
    }
    known.complete();

    const topic = pool.topic('x');
    expect([topic.isCompleted, pool.has('x')]).toEqual([false, true]);
  });
});

describe('an observer of the bus that ends a topic as it is made', () => {
  it.each(['topic-created', 'forwarded'])('F5: leaves no topic in the pool that has ended (%s)', (type) => {
    const bus = createBus();
    const pool = createTopicPool(bus.topic('parent'));
    const events = bus.events$.subscribe((event) => {
      if (event.type === type) bus.find('parent/x')?.complete();
    });

    pool.topic('x');
    expect([pool.has('x'), pool.size]).toEqual([false, 0]);
    events.unsubscribe();

    expect(pool.topic('x').isCompleted).toBe(false);
  });
});
