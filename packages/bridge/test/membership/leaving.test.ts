import { createBridge } from '@stasis-rx/bridge';
import { CacheUpdate, subscribe } from '@stasis-rx/core';
import { ManualClock, quiet } from '../support/manual-clock.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { columnsOf } from '../support/wire.js';
import { eventually, Note, side, State, upTo } from '../support/side.js';

describe('peers that fall silent', () => {
  it('B9: their entries leave the caches with updates, and come back with them', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(State({ id: 'x', n: 1 }));
    await eventually(() => b.cache.size === 1);
    const updates: string[] = [];
    subscribe(b.updates, ({ data: { newSnapshot } }) => updates.push(newSnapshot === null ? 'gone' : 'there'), {
      accept: [CacheUpdate],
    });
    network.mute('a', true);
    await eventually(() => b.cache.size === 0);
    expect(b.eventsOf('peer-left')).toMatchObject([{ peer: 'a', reason: 'lost' }]);
    network.mute('a', false);
    await eventually(() => b.cache.get(State, 'x', 'a')?.data.n === 1);
    await b.bus.settled();
    expect(updates).toEqual(['gone', 'there']);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B5, B9: what they sent before and after is delivered once, and without a gap', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n }));
    await a.bridge.flushed();
    network.mute('a', true);
    await eventually(() => !b.bridge.peers().includes('a'));
    network.mute('a', false);
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n: 100 + n }));
    await eventually(() => b.numbers('a').length >= 200);
    expect(b.numbers('a')).toEqual(upTo(200));
    expect(b.eventsOf('gap')).toEqual([]);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B5: a bus that stays is remembered, however many have come and gone meanwhile', async () => {
    const [network, other] = [new MemoryNetwork(), new MemoryNetwork()];
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    const again = { topics: ['calls'], types: [Note], heartbeatMs: 20 };
    const [a2, b2] = [other.bridge(a.bus, again), other.bridge(b.bus, again)];
    await Promise.all([a.bridge.ready, b.bridge.ready, a2.ready, b2.ready]);
    other.disconnect('a');
    a.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => b.numbers('a').length === 1);
    for (let tab = 0; tab < 1200; tab++) {
      const head = { v: 2, o: `tab${tab}`, e: `e${tab}`, i: 'i', s: 1, b: 1, c: 0 };
      const records = columnsOf([
        [0, 'note', 1, 1, null, { id: 'x', n: 1 }],
        [4, '', 0, 0, null],
      ]);
      network.store({ lane: 'calls', eid: `tab${tab}`, frame: JSON.stringify({ ...head, ...records }) });
      if (tab % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 40)); // a beat of a's, at least
    }
    other.connect('a');
    a.topic.publish(Note({ id: 'x', n: 2 }));
    await Promise.all([a.bridge.flushed(), a2.flushed()]);
    await eventually(() => b2.statistics().topics[0]?.duplicates === 2);
    expect(b.numbers('a')).toEqual([1, 2]);
    await Promise.all([a.bridge.close(), b.bridge.close(), a2.close(), b2.close()]);
  });

  it('B9: nobody is taken for lost while nothing that is announced gets through', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    network.isTalking = false;
    await new Promise((resolve) => setTimeout(resolve, 300)); // fifteen seconds of the bridges' time
    network.isTalking = true;
    a.topic.publish(Note({ id: 'x', n: 1 }));
    await eventually(() => b.numbers('a').length === 1);
    expect(b.eventsOf('peer-left')).toEqual([]);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B8: a bridge whose first greeting gets lost greets again, and is ready', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const a = side('a', connect);
    await a.bridge.ready;
    a.topic.publish(State({ id: 'x', n: 1 }));
    await a.bridge.flushed();
    network.isTalking = false;
    const b = side('b', connect);
    await eventually(() => b.eventsOf('connected').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    network.isTalking = true;
    await b.bridge.ready;
    expect(b.cache.get(State, 'x', 'a')?.data.n).toBe(1);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B13: closing stops waiting when the signal says so', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network));
    await a.bridge.ready;
    network.disconnect('a');
    a.topic.publish(Note({ id: 'x', n: 1 }));
    const stop = new AbortController();
    const closed = a.bridge.close({ signal: stop.signal });
    expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 20, 'waits'))])).toBe('waits');
    stop.abort();
    await closed;
    await a.bridge.close();
    expect(a.bridge.statistics().topics[0]).toMatchObject({ waiting: expect.any(Number) as number });
    expect(a.eventsOf('closed')).toHaveLength(1);
  });

  it('B13: closing that is told not to wait does not wait for a transport that cannot let go', async () => {
    const network = new MemoryNetwork();
    const clock = new ManualClock();
    const transport = network.transport();
    transport.close = () => new Promise(() => undefined);
    const a = side('a', (bus, options) => createBridge(bus, transport, options), { clock });
    await quiet();
    const stop = new AbortController();
    let isClosed = false;
    void a.bridge.close({ signal: stop.signal }).then(() => (isClosed = true));
    await clock.advance(10_000);
    expect(isClosed).toBe(false);
    stop.abort();
    await clock.advance(50);
    expect(isClosed).toBe(true);
    expect(a.eventsOf('closed')).toHaveLength(1);
  });

  it('B13: closing that waits says once for whom, by topic and subscription', async () => {
    const network = new MemoryNetwork();
    const clock = new ManualClock();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect, { clock }), side('b', connect, { clock })];
    await clock.advance(1000);
    let free: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => (free = resolve));
    subscribe(b.topic, () => hangs, { accept: [Note], name: 'hangs', highWater: 2, lowWater: 1 });
    for (const n of upTo(10)) a.topic.publish(Note({ id: 'x', n }));
    await clock.advance(100);
    const closed = b.bridge.close();
    await clock.advance(10_000);
    expect(b.eventsOf('error').map(({ error }) => error)).toMatchObject([
      {
        code: 'CLOSE_WAITS',
        message:
          '[memory] close() waits, on the topic "calls", for room for what has arrived: subscription "calls#3" (hangs) has ' +
          '2 messages waiting. A signal given to close() ends the waiting.',
      },
    ]);
    free();
    await clock.advance(10);
    await closed;
    expect(b.numbers('a')).toEqual(upTo(10));
    await clock.advance(10_000);
    expect(b.eventsOf('error')).toHaveLength(1);

    network.disconnect('a');
    a.topic.publish(Note({ id: 'x', n: 11 }));
    const stop = new AbortController();
    const left = a.bridge.close({ signal: stop.signal });
    await clock.advance(2000);
    expect(String(a.eventsOf('error')[0]?.error)).toContain('for 2 records that are not confirmed.');
    stop.abort();
    await clock.advance(50);
    await left;
  });
});
