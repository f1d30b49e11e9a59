import { createBus, createCache, createCachingTopic, messageType, subscribe, type Message } from '../../src/index.js';
import { createTimeline } from '../../src/testing/index.js';

const Ordered = messageType<{ readonly id: number }>('ordered');
const Paid = messageType<{ readonly id: number }>('paid');

function shop() {
  const bus = createBus({ onError: () => undefined });
  const orders = bus.topic<Message<{ readonly id: number }>>('orders');
  const payments = bus.topic<Message<{ readonly id: number }>>('payments');
  subscribe(orders, ({ data }) => payments.publish(Paid({ id: data.id })), { accept: [Ordered], name: 'cashier' });
  subscribe(payments, () => Promise.reject(new Error('no paper')), { accept: [Paid], name: 'printer' });
  return { bus, orders, payments };
}

describe('a timeline', () => {
  it('P3: tells what was published, and by whom it was handled, nested under its cause', async () => {
    const { bus, orders } = shop();
    const timeline = createTimeline(bus);
    createCachingTopic(orders, createCache({ id: () => 'last' }));
    subscribe(orders, () => undefined, { accept: [Ordered], delivery: 'synchronous', name: 'log' });
    orders.publish(Ordered({ id: 1 }));
    await bus.settled();

    expect(timeline.toString()).toBe(
      [
        'orders ← ordered {"id":1}',
        '  → cashier (orders#1): handled',
        '  orders-cached ← stasis_cache_update {"type":"ordered","oldSnapshot":null,"newSnapshot":{"type":"ordered","data":{"id":1}}}',
        '  → log (orders#3): handled',
        '  payments ← paid {"id":1}',
        '    → printer (payments#2): failed: no paper',
      ].join('\n'),
    );
  });

  it('P3: the same program gives the same text, and it stands still once it is stopped', async () => {
    const run = async () => {
      const { bus, orders } = shop();
      const timeline = createTimeline(bus);
      for (const id of [1, 2]) orders.publish(Ordered({ id }));
      await bus.settled();
      timeline.stop();
      timeline.stop();
      orders.publish(Ordered({ id: 3 }));
      await bus.close();
      return timeline.toString();
    };
    const text = await run();
    expect(text.match(/paid/g)).toHaveLength(2);
    expect(await run()).toBe(text);
  });

  it('P3: shows what waits, is being handled, or was dropped, and data that is no JSON', async () => {
    const { bus, orders } = shop();
    const Odd = messageType<unknown>('odd');
    const odd = bus.topic('odd');
    const timeline = createTimeline(bus);
    subscribe(odd, () => new Promise(() => undefined), { accept: [Odd], name: 'hangs', capacity: 1 });
    for (const data of [undefined, 10n, 'third']) {
      odd.publish(Odd(data));
      await Promise.resolve();
    }
    expect(timeline.toString().split('\n')).toEqual([
      'odd ← odd undefined',
      '  → hangs (odd#3): handling',
      'odd ← odd 10 (bigint)',
      '  → hangs (odd#3): waiting',
      'odd ← odd "third"',
      '  → hangs (odd#3): dropped',
    ]);
    orders.complete();
  });
});
