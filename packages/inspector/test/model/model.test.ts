import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { handledMs, stateOf, waitedMs } from '../../src/model/messages/message-row.js';
import { Model } from '../../src/model/model.js';
import type { InspectorRecord } from '../../src/protocol/records.js';
import { published, recordsOf, told } from '../support/told.js';

const Placed = messageType<{ n: number }>('placed');
const Paid = messageType<{ n: number }>('paid');

describe('a model', () => {
  test('says of one message who got it, how long it waited, was handled, and how it failed', () => {
    const model = new Model();
    model.apply({
      is: 'records',
      records: [
        published(1),
        told('queued', 1, 1010),
        told('queued', 1, 1010, { subscription: 'orders#2' }),
        told('began', 1, 1030),
        told('ended', 1, 1035.5, { error: 'no paper' }),
        told('dropped', 1, 1040, { subscription: 'orders#2' }),
      ],
    });
    const [first, second] = model.messages.get(1)!.deliveries;
    expect([waitedMs(first!), handledMs(first!), stateOf(first!), first!.error]).toEqual([
      20,
      5.5,
      'failed',
      'no paper',
    ]);
    expect([waitedMs(second!), handledMs(second!), stateOf(second!)]).toEqual([undefined, undefined, 'dropped']);
  });

  test('agrees with the statistics of the bus that it was told of', async () => {
    const bus = createBus({ onError: () => undefined });
    const records = recordsOf(bus);
    const orders = bus.topic('orders');
    const dispatcher = createManualDispatcher();
    subscribe(orders, ({ data }) => void orders.publish(Paid({ n: data.n })), { accept: [Placed], name: 'cashier' });
    subscribe(orders, () => Promise.reject(new Error('no')), { accept: [Paid], name: 'printer' });
    subscribe(orders, () => undefined, {
      accept: [Paid],
      capacity: 5,
      overflow: 'drop-oldest',
      dispatcher,
      name: 'slow',
    });
    for (let n = 0; n < 50; n++) orders.publish(Placed({ n }));
    const isFailed = (record: InspectorRecord) => record.is === 'ended' && 'error' in record;
    while (records.filter(isFailed).length < 50) await new Promise((resolve) => setImmediate(resolve));

    const model = new Model();
    model.apply({ is: 'records', records });
    const { topics, subscriptions, messageTypes } = bus.statistics();
    for (const { name, dispatched, notDispatched } of topics) {
      expect(model.topics.of(name).published).toBe(dispatched + notDispatched);
    }
    for (const { id, dropped, depth } of subscriptions) {
      const row = model.subscriptions.of(id);
      expect({ id, dropped: row.dropped, depth: row.depth }).toEqual({ id, dropped, depth });
    }
    for (const { name, published: count } of messageTypes) expect(model.types.of(name).published).toBe(count);
    expect(model.subscriptions.get('orders#2')?.failed).toBe(50);
    const placed = records.find((record) => record.is === 'published' && record.type === 'placed');
    expect(model.messages.get((placed as { id: number }).id)!.children).toHaveLength(1);
  });

  test('keeps so many messages, and forgets the oldest', () => {
    const model = new Model({ maxMessages: 10 });
    model.apply({ is: 'records', records: Array.from({ length: 25 }, (_, id) => published(id)) });
    expect(model.messages.length).toBe(10);
    expect(model.messages.get(14)).toBeUndefined();
    expect(model.messages.get(15)?.sequence).toBe(15);
    expect(model.messages.bySequence(24)?.id).toBe(24);
    expect(model.messages.bySequence(25)).toBeUndefined();
  });

  test('keeps no more of them than so many characters', () => {
    const model = new Model({ maxCharacters: 1000 });
    const records = Array.from({ length: 10 }, (_, id) => published(id));
    model.apply({ is: 'records', records }, 5000);
    expect(model.messages.length).toBe(2);
    model.apply({ is: 'records', records: [published(10)] }, 1e9);
    expect(model.messages.length).toBe(1);
  });

  test('passes over what it was told of before when it gets another snapshot', () => {
    const model = new Model();
    const bus = createBus();
    const [description, statistics] = [bus.describe(), bus.statistics()];
    const first = [published(1), told('queued', 1, 1001.1)];
    model.apply({ is: 'records', records: first });
    const records = [...first, told('began', 1, 1002), published(2, { at: 1003 })];
    model.apply({ is: 'snapshot', at: 1004, description, statistics, records, lost: 3 });
    expect(model.messages.get(1)!.deliveries).toHaveLength(1);
    expect(model.messages.length).toBe(2);
    expect(model.topics.get('orders')).toBeUndefined();
    expect(model.lost).toBe(3);
  });

  test('takes deliveries of messages that it does not know', () => {
    const model = new Model();
    model.apply({ is: 'records', records: [told('queued', 7, 1), told('began', 7, 2), told('ended', 7, 3)] });
    expect(model.subscriptions.of('orders#1').handled).toBe(1);
    expect(model.messages.length).toBe(0);
  });

  test('takes names that mean something to objects as names', () => {
    const model = new Model();
    const topic = '__proto__';
    model.apply({
      is: 'records',
      records: [published(1, { topic, type: 'constructor' }), told('queued', 1, 2, { subscription: '__proto__#1' })],
    });
    expect(model.topics.get(topic)?.published).toBe(1);
    expect(model.types.of('constructor').published).toBe(1);
    expect(({} as { published?: number }).published).toBeUndefined();
  });

  test('costs the same for a record, however much it keeps: 300,000 of them are no work', () => {
    const model = new Model({ maxMessages: 20_000 });
    const batch = (from: number) =>
      Array.from({ length: 1000 }, (_, index) => from + index).flatMap((id) => [
        published(id, id % 3 === 0 ? {} : { cause: id - 1 }),
        told('queued', id, id),
        told('ended', id, id),
      ]);
    const timeOf = (from: number): number => {
      const records = batch(from);
      const start = performance.now();
      model.apply({ is: 'records', records });
      return performance.now() - start;
    };
    const times = Array.from({ length: 100 }, (_, index) => timeOf(index * 1000));
    const median = (part: number[]) => part.sort((one, other) => one - other)[part.length >> 1]!;
    expect(median(times.slice(75))).toBeLessThan(median(times.slice(0, 25)) * 4 + 1);
  });

  test('takes a message that goes to thousands without looking through all of them for each', () => {
    const model = new Model();
    const many = Array.from({ length: 5000 }, (_, index) => ({ subscription: `orders#${index}` }));
    const records = [
      published(1),
      ...many.map((each) => told('queued', 1, 2, each)),
      ...many.map((each) => told('began', 1, 3, each)),
      ...many.map((each) => told('ended', 1, 4, each)),
    ];
    model.apply({ is: 'records', records });
    const { deliveries } = model.messages.get(1)!;
    expect(deliveries).toHaveLength(5000);
    expect(deliveries.every((each) => stateOf(each) === 'handled')).toBe(true);
  });
});
