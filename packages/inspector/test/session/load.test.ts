import { subscribe } from '@stasis-rx/core';
import { inspect } from '../support/inspected.js';
import { bareShop, OrderPlaced } from '../support/orders.js';

const MESSAGES = 100_000;

test('100,000 messages with a client attached: the bus loses none and keeps their order, what is kept is bounded, what is sent is in order', async () => {
  const { bus, orders, errors } = bareShop();
  let next = 0;
  subscribe(orders, ({ data }) => (next += data.id === next ? 1 : 0), { accept: [OrderPlaced], highWater: 10_000 });
  const { clock, connect, inspected } = inspect(bus);
  const client = connect();
  for (let id = 0; id < MESSAGES; id++) {
    orders.publish(OrderPlaced({ id }));
    if (id % 1_000 === 0) {
      await bus.settled();
      clock.advance(50);
    }
  }
  await bus.settled();
  clock.advance(10_000);

  expect([next, errors.length]).toEqual([MESSAGES, 0]);
  const { ring } = inspected.tape;
  expect(ring.end - ring.first).toBeLessThanOrEqual(100_000);
  const records = client.of('records');
  const lost = records.reduce((sum, batch) => sum + (batch.lost ?? 0), 0);
  expect(client.records.length + lost).toBe(ring.end);
  const ids = client.records.flatMap((record) => (record.is === 'published' ? record.id : []));
  expect(ids.every((id, index) => index === 0 || id > ids[index - 1]!)).toBe(true);
  expect(ids.at(-1)).toBe(MESSAGES);
  expect(Math.max(...records.map((batch) => batch.records.length))).toBeLessThanOrEqual(2_000);
});
