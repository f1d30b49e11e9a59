import { createCache, createCachingTopic, subscribe, type Bus } from '@stasis-rx/core';
import { play, readRecording, record, type PlayOptions, type RecordedLine } from '../../src/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { Anything, bareShop, OrderPaid, OrderPlaced, shop } from '../support/orders.js';

const TYPES = [OrderPlaced, OrderPaid, Anything];

const published = (at: number, id: number, more: object = {}): RecordedLine => {
  const names = { is: 'published', topic: 'orders', type: 'order_placed', eid: 'local' } as const;
  return { at, event: { ...names, id, timestamp: at, data: { id }, ...more } };
};

function seen(bus: Bus): unknown[] {
  const log: unknown[] = [];
  bus.topic('orders').subscribe(({ type, data, eid, timestamp }) => log.push([type.name, data, eid, timestamp]));
  return log;
}

async function playedAt(lines: RecordedLine[], options: Partial<PlayOptions>): Promise<number[]> {
  const clock = new ManualClock();
  const { bus } = bareShop();
  const began = clock.now();
  const times: number[] = [];
  bus.topic('orders').subscribe(() => times.push(clock.now() - began));
  const done = play(bus, lines, { types: TYPES, clock, ...options });
  await clock.pass(100);
  await done;
  return times;
}

describe('play', () => {
  const lines = [published(1000, 1), published(1010, 2), published(1040, 3)];

  test.each([
    [undefined, [0, 10, 40]],
    [2, [0, 5, 20]],
    [0.5, [0, 20, 80]],
    [0, [0, 0, 0]],
  ])('at speed %p publishes in the time of the recording, by that factor', async (speed, times) => {
    expect(await playedAt(lines, { speed })).toEqual(times);
  });

  test('a recording of a bus, played to the same program, makes the same happen', async () => {
    const first = shop();
    const original = record(first.bus);
    const log = seen(first.bus);
    for (let id = 0; id < 20; id++) first.orders.publish(OrderPlaced({ id }, { timestamp: id }));
    await first.bus.settled();
    original.stop();

    const second = shop();
    const repeated = record(second.bus);
    const again = seen(second.bus);
    const done = await play(second.bus, readRecording(original.toJSONLines()), { types: TYPES, speed: 0 });
    await second.bus.settled();
    repeated.stop();
    expect(done).toEqual({ published: 20, skipped: 20, altered: 0 });
    const ids = (entries: unknown[]) => entries.map((entry) => (entry as unknown[]).slice(0, 2));
    expect(ids(again).sort()).toEqual(ids(log).sort());
    expect(repeated.size).toBe(original.size);
  });

  test('caches come to hold the same, clears among what is played', async () => {
    const cached = () => {
      const { bus, orders } = bareShop();
      const cache = createCache({ id: ({ data }) => (data as { id: number }).id });
      return { bus, orders, cache, caching: createCachingTopic(orders, cache) };
    };
    const first = cached();
    const recording = record(first.bus);
    const one = OrderPlaced({ id: 1 });
    first.orders.publish(one);
    first.orders.publish(OrderPlaced({ id: 2 }, { eid: 'shop-2' }));
    first.orders.publish(OrderPlaced({ id: 3 }));
    first.caching.clear(one);
    const second = cached();
    await play(second.bus, readRecording(recording.toJSONLines()), { types: TYPES, speed: 0 });
    expect(second.cache.dumpAll().map((message) => message.data)).toEqual(
      first.cache.dumpAll().map(({ data }) => data),
    );
    recording.stop();
  });

  test('of what was brought about, plays only that of which the cause is not there, or all', async () => {
    const some = [published(0, 5, { cause: 2 }), published(0, 6, { cause: 5 })];
    const { bus } = bareShop();
    const log = seen(bus);
    expect(await play(bus, some, { types: TYPES, speed: 0 })).toMatchObject({ published: 1, skipped: 1 });
    expect(await play(bus, some, { types: TYPES, speed: 0, which: 'all' })).toMatchObject({ published: 2 });
    expect(log).toHaveLength(3);
  });

  test('skips types that are not known, and tells of what cannot be made again', async () => {
    const { bus } = bareShop();
    const onError = jest.fn();
    const revive = (data: unknown) => {
      if ((data as { id: number }).id === 2) throw new Error('no');
      return { id: 70 };
    };
    const log = seen(bus);
    const some = [published(0, 1, { type: 'unknown' }), published(0, 2), published(0, 3, { altered: ['id'] })];
    expect(await play(bus, some, { types: TYPES, speed: 0, revive, onError })).toEqual({
      published: 1,
      skipped: 2,
      altered: 1,
    });
    expect(onError).toHaveBeenCalledTimes(1);
    expect(log).toEqual([['order_placed', { id: 70 }, 'local', 0]]);
  });

  test('takes types by name, and topics from whoever has them', async () => {
    const { bus, orders } = bareShop();
    const log = seen(bus);
    const types = (name: string) => (name === 'order_placed' ? OrderPlaced : undefined);
    const topic = jest.fn(() => orders as never);
    await play(bus, [published(0, 1, { topic: 'gone' })], { types, topic, speed: 0 });
    expect(topic).toHaveBeenCalledWith('gone');
    expect(log).toHaveLength(1);
    expect(bus.find('gone')).toBeUndefined();
  });

  test('waits for mailboxes that are full', async () => {
    const { bus, orders } = bareShop();
    let free = (): void => undefined;
    const handler = () => new Promise<void>((resolve) => (free = resolve));
    subscribe(orders, handler, { accept: [OrderPlaced], highWater: 1, lowWater: 0 });
    const done = jest.fn();
    const some = Array.from({ length: 10 }, (_, id) => published(0, id + 1));
    void play(bus, some, { types: TYPES, speed: 0 }).then(done);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(done).not.toHaveBeenCalled();
    expect(bus.statistics().subscriptions[0]!.depth).toBe(2);
    while (done.mock.calls.length === 0) {
      free();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(bus.statistics().subscriptions[0]!.passed).toBe(10);
  });

  test('stops when the signal aborts, also while it waits', async () => {
    const clock = new ManualClock();
    const { bus } = bareShop();
    const controller = new AbortController();
    let isClosed = false;
    function* source() {
      try {
        yield* lines;
      } finally {
        isClosed = true;
      }
    }
    const done = play(bus, source(), { types: TYPES, clock, signal: controller.signal });
    const failed = expect(done).rejects.toThrow('enough');
    await clock.pass(5);
    controller.abort(new Error('enough'));
    await failed;
    expect([isClosed, clock.waiting]).toEqual([true, 0]);
    async function* silent(): AsyncGenerator<RecordedLine> {
      yield await new Promise<RecordedLine>(() => undefined);
    }
    const second = new AbortController();
    const waiting = play(bus, silent(), { types: TYPES, signal: second.signal });
    second.abort(new Error('too long'));
    await expect(waiting).rejects.toThrow('too long');
    await expect(play(bus, lines, { types: TYPES, signal: controller.signal })).rejects.toThrow('enough');
  });

  test.each([
    [[published(0, 1)], {}, 'expected types to be an array of message types, or a function, got undefined'],
    [
      [published(0, 1)],
      { types: [1] },
      'expected types to be an array of message types, or a function, got Array (object)',
    ],
    [
      [published(0, 1)],
      { types: TYPES, speed: -1 },
      'expected speed to be a finite number of at least 0, got -1 (number)',
    ],
    ['text', { types: TYPES }, 'expected source to be iterable, or async iterable, got "text" (string)'],
  ])('refuses what cannot work', (source, options, message) => {
    expect(() => play(bareShop().bus, source as never, options as never)).toThrow(message);
  });
});

describe('readRecording', () => {
  const read = async (source: Parameters<typeof readRecording>[0]) => {
    const read: unknown[] = [];
    for await (const line of readRecording(source)) read.push(line);
    return read;
  };
  const line = JSON.stringify(published(0, 1));

  test('reads a text, its lines, and lines that come in time', async () => {
    async function* slowly() {
      yield Promise.resolve(line);
    }
    expect(await read(`${line}\n\n${line}\n`)).toHaveLength(2);
    expect(await read([line])).toEqual([published(0, 1)]);
    expect(await read(slowly())).toEqual([published(0, 1)]);
  });

  test('leaves out the key that reaches a prototype, however it is written', async () => {
    for (const key of ['__proto__', '\\u005f_proto__']) {
      const [{ event }] = (await read(line.replace('"id":1}', `"${key}":{"admin":true}}`))) as [
        { event: { data: object } },
      ];
      expect(Object.keys(event.data)).toEqual([]);
      expect(Object.getPrototypeOf(event.data)).toBe(Object.prototype);
    }
  });

  test.each([
    ['{', 'line 2 is not JSON: "{" (string)'],
    ['7', 'line 2 is not of a recording'],
    ['{"at":1,"event":{"is":"published"}}', 'line 2 is not of a recording'],
    ['{"at":null,"event":{"is":"began"}}', 'line 2 is not of a recording'],
  ])('tells which line is broken', async (broken, message) => {
    await expect(read(`${line}\n${broken}`)).rejects.toMatchObject({
      code: 'BROKEN_RECORDING',
      message: expect.stringContaining(`[inspector] readRecording(): ${message}`),
    });
  });
});
