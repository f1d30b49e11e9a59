import { createCache, createCachingTopic, subscribe } from '@stasis-rx/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROTOCOL } from '../../src/index.js';
import { inspect } from '../support/inspected.js';
import { Anything, bareShop, OrderPlaced, shop } from '../support/orders.js';

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

describe('a session', () => {
  test('says hello, gives a snapshot with what was before, then what comes, in batches', async () => {
    const { bus, orders } = shop();
    const { clock, connect } = inspect(bus);
    orders.publish(OrderPlaced({ id: 1 }));
    await bus.settled();
    const client = connect();
    expect(client.reports).toEqual([
      { is: 'hello', protocol: PROTOCOL, version, bus: { name: 'shop', eid: 'shop-1' }, isControllable: true },
      expect.objectContaining({
        is: 'snapshot',
        at: clock.now(),
        lost: 0,
        description: bus.describe(),
        statistics: bus.statistics(),
      }),
    ]);
    expect(client.last('snapshot').records).toHaveLength(8);
    clock.advance(50);
    expect(client.reports).toHaveLength(2);
    orders.publish(OrderPlaced({ id: 2 }));
    await bus.settled();
    clock.advance(50);
    expect(client.of('records')).toEqual([{ is: 'records', records: expect.any(Array) }]);
    expect(client.records).toHaveLength(16);
    expect(client.records.flatMap((record) => (record.is === 'published' ? record.id : []))).toEqual([1, 2, 3, 4]);
  });

  test('sends no more at once than a batch takes, by number and by size', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus, { limits: { batchRecords: 10, batchSize: 1_000 } });
    const client = connect();
    for (let id = 0; id < 25; id++) orders.publish(OrderPlaced({ id }));
    orders.publish(Anything('x'.repeat(900)));
    orders.publish(Anything('x'.repeat(900)));
    orders.publish(Anything('x'.repeat(900)));
    clock.advance(1_000);
    const sizes = client.of('records').map(({ records }) => records.length);
    expect(sizes.every((size) => size <= 10)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(28);
    expect(sizes.at(-1)).toBe(1);
  });

  test('tells when records are gone before they could be sent', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus, { limits: { records: 100 } });
    const client = connect();
    for (let id = 0; id < 250; id++) orders.publish(OrderPlaced({ id }));
    clock.advance(50);
    expect([client.last('records').lost, client.last('records').records.length]).toEqual([150, 100]);
    client.ask({ is: 'snapshot' });
    expect([client.last('snapshot').lost, client.last('snapshot').records.length]).toEqual([150, 100]);
  });

  test('sends records only while they are watched, from then on', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus);
    const client = connect();
    client.ask({ is: 'watch', records: false, statisticsMs: null });
    orders.publish(OrderPlaced({ id: 1 }));
    clock.advance(100);
    client.ask({ is: 'watch', records: true, statisticsMs: null });
    orders.publish(OrderPlaced({ id: 2 }));
    clock.advance(100);
    expect(client.records).toMatchObject([{ is: 'published', id: 2 }]);
  });

  test('sends statistics at the interval that was asked for', () => {
    const { bus } = bareShop();
    const { clock, connect } = inspect(bus);
    const client = connect();
    clock.advance(1_000);
    expect(client.of('statistics')).toEqual([]);
    client.ask({ is: 'watch', records: true, statisticsMs: 200 });
    clock.advance(1_000);
    expect(client.of('statistics')).toHaveLength(5);
    expect(client.last('statistics').statistics).toEqual(bus.statistics());
  });

  test('sends a description when something has changed in it, and not more than twice a second', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus);
    const client = connect();
    for (let n = 0; n < 105; n++) {
      bus.topic(`topic ${n}`);
      clock.advance(10);
    }
    expect(client.of('description')).toHaveLength(2);
    clock.advance(1_000);
    expect(client.of('description')).toHaveLength(3);
    expect(client.last('description').description).toEqual(bus.describe());
    orders.publish(OrderPlaced({ id: 1 }));
    clock.advance(1_000);
    expect(client.of('description')).toHaveLength(3);
  });

  test('tells what stands in a cache, from the writes that were recorded, also when they are no longer kept', () => {
    const { bus, orders } = bareShop();
    const cache = createCache({ id: ({ data }) => (data as { id: number }).id });
    const caching = createCachingTopic(orders, cache);
    orders.publish(OrderPlaced({ id: 99 }));
    const { connect } = inspect(bus, { limits: { records: 20 } });
    const client = connect();
    for (let id = 0; id < 50; id++) orders.publish(OrderPlaced({ id: id % 5 }));
    caching.clear(OrderPlaced({ id: 4 }));
    client.ask({ is: 'cache', updates: 'orders-cached' });
    const { entries, size } = client.last('cache');
    expect(entries.map(({ type, snapshot }) => `${type} ${snapshot}`).sort()).toEqual(
      [0, 1, 2, 3].map((id) => `order_placed ${id}`),
    );
    expect(entries[0]!.data).toMatchObject({ is: 'object' });
    expect(size).toBe(5); // one was there before it was recorded
    client.ask({ is: 'cache', updates: '__proto__' });
    expect(client.last('cache')).toMatchObject({ entries: [], size: 0 });
  });

  test('a cache that has ended is forgotten once its records are', () => {
    const { bus, orders } = bareShop();
    const cache = createCache({ id: ({ data }) => (data as { id: number }).id });
    const caching = createCachingTopic(orders, cache);
    const { connect, inspected } = inspect(bus, { limits: { records: 5 } });
    orders.publish(OrderPlaced({ id: 1 }));
    caching.unsubscribe();
    for (let id = 0; id < 50; id++) orders.publish(OrderPlaced({ id }));
    const client = connect();
    client.ask({ is: 'cache', updates: 'orders-cached' });
    expect(client.last('cache').entries).toEqual([]);
    expect(inspected.tape.gone.caches.size).toBe(0);
  });

  test('gives a part of a message, as deep again', () => {
    const { bus, orders } = bareShop();
    const { connect } = inspect(bus, { limits: { depth: 1 } });
    const client = connect();
    const data = {
      list: [{ a: 1 }],
      map: new Map<unknown, unknown>([
        ['key', 'by text'],
        [{}, 'by place'],
      ]),
      set: new Set(['first', 'second']),
      get secret(): string {
        return 'secret';
      },
    };
    orders.publish(Anything(Object.freeze(data)));
    const part = (...path: (string | number)[]) => {
      client.ask({ is: 'message', id: 1, path });
      return client.last('message').data;
    };
    expect(part('list', 0)).toEqual({ is: 'object', entries: [['a', 1]], size: 1 });
    expect([part('map', 'key'), part('map', 1), part('set', 1)]).toEqual(['by text', 'by place', 'second']);
    expect(part('secret')).toEqual({ is: 'undefined', text: 'undefined' });
    for (const path of [['nowhere'], ['list', 7], ['list', 0, 'a', 'b'], ['__proto__'], ['constructor'], ['set', 9]]) {
      expect(part(...path)).toBeUndefined();
    }
    client.ask({ is: 'message', id: 99, path: [] });
    expect(client.last('message')).toEqual({ is: 'message', id: 99, path: [] });
  });

  test('shows nothing that redact keeps back, whatever is asked for', () => {
    const { bus, orders } = bareShop();
    createCachingTopic(orders, createCache({ id: () => 1 }));
    const { clock, connect } = inspect(bus, { redact: ({ data }) => ({ id: (data as { id: number }).id }) });
    const client = connect();
    orders.publish(OrderPlaced({ id: 1, card: 'secret' } as never));
    client.ask({ is: 'message', id: 1, path: [] });
    client.ask({ is: 'message', id: 1, path: ['card'] });
    client.ask({ is: 'cache', updates: 'orders-cached' });
    client.ask({ is: 'snapshot' });
    clock.advance(100);
    expect(client.texts.join('')).not.toContain('secret');
    expect(client.of('cache')[0]!.entries).toHaveLength(1);
  });

  test('pauses, steps and resumes a subscription, and holds and releases the bus', async () => {
    const { bus, orders } = bareShop();
    const handler = jest.fn();
    const { id } = subscribe(orders, handler, { accept: [OrderPlaced] });
    const client = inspect(bus).connect();
    client.ask({ is: 'pause', subscription: id });
    orders.publish(OrderPlaced({ id: 1 }));
    orders.publish(OrderPlaced({ id: 2 }));
    client.ask({ is: 'step', subscription: id });
    expect(handler).toHaveBeenCalledTimes(1);
    client.ask({ is: 'resume', subscription: id });
    await bus.settled();
    expect(handler).toHaveBeenCalledTimes(2);
    client.ask({ is: 'hold' });
    expect(bus.isHeld).toBe(true);
    client.ask({ is: 'release' });
    expect(bus.isHeld).toBe(false);
    expect(client.of('refused')).toEqual([]);
    client.ask({ is: 'step', subscription: id });
    client.ask({ is: 'pause', subscription: 'nobody' });
    expect(client.of('refused')).toMatchObject([
      { request: 'step', reason: expect.stringContaining('nothing waits') },
      { request: 'pause', reason: 'there is no such subscription' },
    ]);
  });

  test('changes nothing where it is only to look', () => {
    const { bus, orders } = bareShop();
    const subscription = subscribe(orders, () => undefined, { accept: [OrderPlaced] });
    const client = inspect(bus, { isControllable: false }).connect();
    expect(client.last('hello').isControllable).toBe(false);
    for (const is of ['pause', 'resume', 'step'] as const) client.ask({ is, subscription: subscription.id });
    for (const is of ['hold', 'release'] as const) client.ask({ is });
    expect(client.of('refused')).toHaveLength(5);
    expect([subscription.isPaused, bus.isHeld]).toEqual([false, false]);
  });

  test('leaves nothing behind when the client has gone, or was closed, however often', () => {
    const { bus, orders } = bareShop();
    const { clock, connect, inspected } = inspect(bus, { isAlwaysRecorded: false });
    orders.publish(OrderPlaced({ id: 0 }));
    expect([clock.waiting, inspected.tape.ring.end]).toEqual([0, 0]);
    const [first, second] = [connect(), connect()];
    orders.publish(OrderPlaced({ id: 1 }));
    first.leave();
    first.leave();
    first.session.close('again');
    orders.publish(OrderPlaced({ id: 2 }));
    second.session.close('enough');
    orders.publish(OrderPlaced({ id: 3 }));
    expect(second.closedBecause).toBe('enough');
    expect([first.whenClosed, second.whenClosed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect([clock.waiting, inspected.tape.ring.end]).toEqual([0, 2]);
    const count = second.texts.length;
    second.ask({ is: 'snapshot' });
    expect(second.texts).toHaveLength(count);
  });

  test('what fails in it is told to the bus, and ends it alone', () => {
    const { bus, errors } = bareShop();
    const { clock, connect } = inspect(bus);
    const [broken, other] = [connect(), connect()];
    broken.send = () => {
      throw new Error('broken pipe');
    };
    broken.ask({ is: 'snapshot' });
    expect(errors).toMatchObject([{ code: 'INSPECTOR', cause: { message: 'broken pipe' } }]);
    expect([broken.closedBecause, other.closedBecause]).toEqual(['failed', undefined]);
    expect(clock.waiting).toBe(1);
  });
});
