import type { Request } from '../../src/index.js';
import { inspect } from '../support/inspected.js';
import { Anything, bareShop, OrderPlaced } from '../support/orders.js';

describe('a client that is broken, or means harm', () => {
  test.each([
    [undefined, '', 'too long, or no text'],
    [new Uint8Array(3), '', 'too long, or no text'],
    ['x'.repeat(65_537), '', 'too long, or no text'],
    ['', '', 'no such request'],
    ['{', '', 'no such request'],
    ['null', '', 'no such request'],
    ['[[[[', '', 'no such request'],
    ['{"is":"eval","code":"process.exit()"}', 'eval', 'no such request'],
    ['{"is":"constructor"}', 'constructor', 'no such request'],
    ['{"is":"__proto__"}', '__proto__', 'no such request'],
    ['{"is":{"toString":1}}', '', 'no such request'],
    [`{"is":"${'x'.repeat(60_000)}"}`, 'x'.repeat(100), 'no such request'],
    ['{"is":"watch"}', 'watch', 'records cannot be that'],
    ['{"is":"watch","records":true,"statisticsMs":1}', 'watch', 'statisticsMs cannot be that'],
    ['{"is":"watch","records":true,"statisticsMs":1e9}', 'watch', 'statisticsMs cannot be that'],
    ['{"is":"message","id":-1,"path":[]}', 'message', 'id cannot be that'],
    ['{"is":"message","id":1,"path":[{}]}', 'message', 'path cannot be that'],
    [JSON.stringify({ is: 'message', id: 1, path: new Array(65).fill(0) }), 'message', 'path cannot be that'],
    ['{"is":"pause","subscription":7}', 'pause', 'subscription cannot be that'],
    ['{"is":"cache","updates":null}', 'cache', 'updates cannot be that'],
  ])('is told that it was refused: %#', (text, request, reason) => {
    const { bus, errors } = bareShop();
    const client = inspect(bus).connect();
    client.receive(text);
    expect(client.last('refused')).toEqual({ is: 'refused', request, reason });
    expect([client.closedBecause, errors.length]).toEqual([undefined, 0]);
  });

  test('that floods is answered at a bounded rate, told once, and cut off', () => {
    const { bus } = bareShop();
    const { clock, connect } = inspect(bus);
    const client = connect();
    for (let n = 0; n < 500; n++) client.ask({ is: 'message', id: 1, path: [] });
    expect(client.of('message')).toHaveLength(100);
    expect(client.of('refused')).toEqual([{ is: 'refused', request: 'message', reason: 'too many requests' }]);
    clock.advance(1_000);
    for (let n = 0; n < 500; n++) client.ask({ is: 'message', id: 1, path: [] });
    expect(client.of('message')).toHaveLength(150);
    expect(client.closedBecause).toBeUndefined();
    for (let n = 0; n < 1_000; n++) client.receive('nonsense');
    expect(client.closedBecause).toBe('too many requests');
    const { length } = client.texts;
    client.ask({ is: 'snapshot' });
    expect(client.texts).toHaveLength(length);
  });

  test('cannot have what is dear more often than what is cheap', () => {
    const client = inspect(bareShop().bus).connect();
    for (let n = 0; n < 100; n++) client.ask({ is: 'snapshot' });
    expect(client.of('snapshot')).toHaveLength(1 + 10);
    const other = inspect(bareShop().bus).connect();
    for (let n = 0; n < 100; n++) other.ask({ is: 'cache', updates: 'x' });
    expect(other.of('cache')).toHaveLength(20);
  });

  test('that does not read gets no more, and a snapshot when it reads again', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus, { limits: { records: 50, bufferedBytes: 1_000, stalledMs: 5_000 } });
    const client = connect();
    client.bufferedBytes = 1_001;
    const { length } = client.texts;
    for (let id = 0; id < 200; id++) orders.publish(OrderPlaced({ id }));
    clock.advance(4_000);
    for (const request of [{ is: 'snapshot' }, { is: 'cache', updates: 'x' }, { is: 'watch', records: 1 }]) {
      client.ask(request as Request);
    }
    client.bufferedBytes = 500; // still too much to begin again
    clock.advance(500);
    expect(client.texts).toHaveLength(length);
    client.bufferedBytes = 0;
    clock.advance(50);
    expect([client.last('snapshot').lost, client.last('snapshot').records.length]).toEqual([150, 50]);
    clock.advance(60_000);
    expect(client.closedBecause).toBeUndefined();
  });

  test('that does not read for a moment, and misses nothing, goes on where it was', () => {
    const { bus, orders } = bareShop();
    const { clock, connect } = inspect(bus);
    const client = connect();
    client.bufferedBytes = Infinity;
    orders.publish(OrderPlaced({ id: 1 }));
    clock.advance(1_000);
    client.bufferedBytes = 0;
    clock.advance(50);
    expect(client.of('snapshot')).toHaveLength(1);
    expect(client.records).toHaveLength(1);
  });

  test('that does not read for too long is cut off', () => {
    const { clock, connect } = inspect(bareShop().bus, { limits: { stalledMs: 5_000 } });
    const client = connect();
    client.bufferedBytes = Infinity;
    clock.advance(5_049);
    expect(client.closedBecause).toBeUndefined();
    clock.advance(51);
    expect([client.closedBecause, clock.waiting]).toEqual(['too slow', 0]);
  });
});

describe('messages that are broken, or mean harm', () => {
  test('are shown within limits, run nothing, and disturb neither bus nor session', () => {
    const { bus, errors } = bareShop();
    const huge = 'x'.repeat(50_000_000);
    const html = '<img src=x onerror="alert(1)"></script>';
    const topic = bus.topic(html);
    const { clock, connect } = inspect(bus, { limits: { bytes: 1_000_000_000 } });
    const client = connect();
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    class Hostile {
      get secret(): never {
        throw new Error('it ran');
      }
      toJSON(): never {
        throw new Error('it ran');
      }
    }
    const prototypes = JSON.parse('{"__proto__":{"isAdmin":true}}') as unknown;
    for (const data of [cycle, new Hostile(), huge, { huge }, prototypes, html]) topic.publish(Anything(data));
    bus.topic(huge.slice(0, 1_000_000)).publish(Anything(1));
    client.ask({ is: 'snapshot' });
    clock.advance(1_000);
    expect(errors).toEqual([]);
    expect(client.closedBecause).toBeUndefined();
    expect(client.records.filter(({ is }) => is === 'published').length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...client.texts.map(({ length }) => length))).toBeLessThan(100_000);
    expect(client.texts.join('')).toContain(JSON.stringify(html).slice(1, -1));
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
