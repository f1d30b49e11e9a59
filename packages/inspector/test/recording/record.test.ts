import { createCache, createCachingTopic, subscribe } from '@stasis-rx/core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecording as readOfAsterisk } from '@stasis-rx/asterisk/recording';
import { record, type RecordedLine } from '../../src/index.js';
import { Anything, bareShop, OrderPlaced, shop } from '../support/orders.js';

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedLine);

describe('record', () => {
  test('keeps every publish and what becomes of it, in order, with causes', async () => {
    const { bus, orders } = shop();
    const recording = record(bus);
    orders.publish(OrderPlaced({ id: 7 }));
    await bus.settled();
    expect([...recording.records()].map((each) => ('id' in each ? `${each.is} ${each.id}` : each.is))).toEqual([
      'published 1',
      'queued 1',
      'began 1',
      'published 2',
      'queued 2',
      'ended 1',
      'began 2',
      'ended 2',
    ]);
    expect([...recording.records()].filter(({ is }) => is === 'published')).toMatchObject([
      { topic: 'orders', type: 'order_placed', eid: 'local', data: { is: 'object', entries: [['id', 7]] } },
      { topic: 'orders', type: 'order_paid', cause: 1 },
    ]);
    recording.stop();
  });

  test('tells of failures, changes of the bus and writes into caches, in words', async () => {
    const { bus, orders } = bareShop();
    const recording = record(bus);
    const cache = createCache({ id: ({ data }) => (data as { id?: number }).id });
    const cached = createCachingTopic(orders, cache);
    subscribe(orders, () => Promise.reject(new Error('no paper')), { accept: [OrderPlaced], name: 'printer' });
    const snapshot = OrderPlaced({ id: 7 });
    orders.publish(snapshot);
    orders.publish(OrderPlaced({ id: 7 }, { eid: 'shop-2' }));
    cached.clear(snapshot);
    await bus.settled();
    const records = [...recording.records()];
    expect(records.find(({ is }) => is === 'ended')).toMatchObject({ error: expect.stringContaining('no paper') });
    expect(records.filter(({ is }) => is === 'changed').map((each) => (each as { text: string }).text)).toEqual([
      'topic created orders-cached',
      'subscribed orders, orders#1, printer',
      expect.stringMatching(/^error .*no paper$/),
      expect.stringMatching(/^error .*no paper$/),
    ]);
    expect(records.filter(({ is }) => is === 'wrote')).toMatchObject([
      { topic: 'orders', updates: 'orders-cached', type: 'order_placed', snapshot: '7', data: { is: 'object' } },
      { snapshot: '7 @ shop-2' },
      { snapshot: '7', isRemoved: true },
    ]);
    recording.stop();
  });

  test('keeps messages as they are until somebody looks, and looks at none that nobody asks for', () => {
    const { bus, orders } = bareShop();
    const redact = jest.fn(() => 'kept back');
    const recording = record(bus, { redact });
    orders.publish(OrderPlaced({ id: 1 }));
    expect(redact).not.toHaveBeenCalled();
    expect([...recording.records()]).toMatchObject([{ data: 'kept back' }]);
    expect([...recording.records()]).toMatchObject([{ data: 'kept back' }]);
    expect(recording.toJSONLines()).toContain('"data":"kept back"');
    expect(redact).toHaveBeenCalledTimes(1);
    recording.stop();
  });

  test('when redact fails, the data stay here, and the bus is told once', () => {
    const { bus, orders, errors } = bareShop();
    const redact = () => {
      throw new Error('secret of a secret');
    };
    const recording = record(bus, { redact });
    orders.publish(OrderPlaced({ id: 1 }));
    orders.publish(OrderPlaced({ id: 2 }));
    const records = [...recording.records()];
    expect(records).toMatchObject([
      { data: { is: 'redacted', text: 'redact() failed' } },
      { data: { is: 'redacted' } },
    ]);
    expect(errors).toMatchObject([{ code: 'REDACT', cause: { message: 'secret of a secret' } }]);
    expect(linesOf(recording.toJSONLines())[1]!.event).toMatchObject({
      data: null,
      altered: ['redacted redact() failed'],
    });
    recording.stop();
  });

  test('stays within its bounds, and counts what is lost', () => {
    const { bus, orders } = bareShop();
    const byNumber = record(bus, { limits: { records: 10 } });
    const byBytes = record(bus, { limits: { bytes: 100_000 } });
    for (let id = 0; id < 100; id++) orders.publish(Anything('x'.repeat(10_000)));
    expect([byNumber.size, byNumber.lost]).toEqual([10, 90]);
    expect(byBytes.size).toBe(9);
    expect(byBytes.bytes).toBeLessThanOrEqual(100_000);
    byNumber.stop();
    byBytes.stop();
  });

  test('estimates data that is hostile without running any of it', () => {
    const { bus, orders, errors } = bareShop();
    const recording = record(bus);
    class Hostile {
      get secret() {
        throw new Error('it ran');
      }
    }
    const { proxy, revoke } = Proxy.revocable(Object.freeze({}), {});
    const data = [new Hostile(), new Uint8Array(1_000_000), proxy];
    const message = Anything(Object.freeze(data));
    revoke();
    orders.publish(message);
    expect(errors).toEqual([]);
    expect(recording.size).toBe(1);
    expect(JSON.stringify([...recording.records()])).toContain('cannot be read');
    recording.stop();
  });

  test('records nothing after stop, which may be called twice, and keeps what there is', () => {
    const { bus, orders } = bareShop();
    const recording = record(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    recording.stop();
    recording.stop();
    orders.publish(OrderPlaced({ id: 2 }));
    expect([recording.size, recording.isRecording]).toEqual([1, false]);
    {
      using other = record(bus);
      expect(other.isRecording).toBe(true);
    }
  });

  test('writes lines that other readers of recordings read, with a header, and data in full', async () => {
    const { bus, orders } = shop();
    const recording = record(bus, { limits: { text: 10, entries: 2 } });
    orders.publish(
      Anything({ text: 'x'.repeat(100), list: [1, 2, 3, 4], when: new Date(0) }, { timestamp: 5, eid: null }),
    );
    const lines = linesOf(recording.toJSONLines());
    expect(lines[0]).toMatchObject({
      at: expect.any(Number),
      event: {
        is: 'recording',
        protocol: 1,
        bus: { name: 'shop', eid: 'shop-1' },
        lost: 0,
        description: bus.describe(),
      },
    });
    expect(lines[1]!.event).toEqual({
      is: 'published',
      id: 1,
      topic: 'orders',
      type: 'anything',
      eid: null,
      timestamp: 5,
      data: { text: 'x'.repeat(100), list: [1, 2, 3, 4], when: '1970-01-01T00:00:00.000Z' },
      altered: ['when: date 1970-01-01T00:00:00.000Z'],
    });
    const folder = await mkdtemp(join(tmpdir(), 'recording-'));
    await writeFile(join(folder, 'bus.jsonl'), recording.toJSONLines());
    const read: unknown[] = [];
    for await (const line of readOfAsterisk(join(folder, 'bus.jsonl'))) read.push(line);
    await rm(folder, { recursive: true });
    expect(read).toEqual(lines);
    recording.stop();
  });

  test.each([
    [{}, {}, 'expected a bus, as createBus makes them, got Object (object)'],
    [bareShop().bus, { redact: 1 }, 'expected redact to be a function, got 1 (number)'],
    [bareShop().bus, { limits: { bytes: 0 } }, 'expected limits.bytes to be an integer of at least 1, got 0 (number)'],
  ])('refuses what cannot work', (bus, options, message) => {
    expect(() => record(bus as never, options as never)).toThrow(`[inspector] record(): ${message}.`);
  });
});
