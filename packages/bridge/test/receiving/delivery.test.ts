import { createBridge } from '@stasis-rx/bridge';
import { CacheClear, createBus, createTopicPool, subscribe } from '@stasis-rx/core';
import fc from 'fast-check';
import { MemoryNetwork, type Fate } from '../support/memory-network.js';
import { eventually, hastyClock, Note, side, State, upTo } from '../support/side.js';

const FATES: readonly Fate[] = ['stored', 'lost', 'unconfirmed', 'late'];

/** A pool's parent, bridged with its pool. */
function poolSide(eid: string, network: MemoryNetwork) {
  const bus = createBus({ eid });
  const pool = createTopicPool(bus.topic('calls'));
  const transport = Object.assign(network.transport(), { maxFrameBytes: 100_000 });
  const bridge = createBridge(bus, transport, { topics: [pool], types: [Note], clock: hastyClock });
  const unsendable: unknown[] = [];
  bridge.events$.subscribe((event) => event.type === 'unsendable' && unsendable.push(event.error));
  const numbers: number[] = [];
  subscribe(pool.parent, ({ data: { n } }) => numbers.push(n), { accept: [Note] });
  return { pool, bridge, numbers, unsendable };
}

describe('delivery, whatever becomes of frames', () => {
  it('B4, B5: every message arrives once and in order, however frames are lost, repeated and stored in the wrong order', async () => {
    const program = fc.record({
      fates: fc.array(fc.constantFrom(...FATES), { maxLength: 40 }),
      bursts: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
      breaks: fc.array(fc.nat(12), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(program, async ({ fates, bursts, breaks }) => {
        const network = new MemoryNetwork();
        const connect = network.bridge.bind(network);
        const [a, b] = [side('a', connect), side('b', connect)];
        await Promise.all([a.bridge.ready, b.bridge.ready]);
        const fate = [...fates];
        network.fate = () => fate.shift() ?? 'stored';
        let n = 0;
        for (const [index, burst] of bursts.entries()) {
          for (let count = 0; count < burst; count++) a.topic.publish(Note({ id: 'x', n: ++n }));
          if (breaks.includes(index)) network.breakConnection('a');
          await new Promise((resolve) => setImmediate(resolve));
        }
        await a.bridge.flushed();
        await eventually(() => b.numbers('a').length >= n);
        expect(b.numbers('a')).toEqual(upTo(n));
        expect(b.eventsOf('gap')).toEqual([]);
        await Promise.all([a.bridge.close(), b.bridge.close()]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 60_000);

  it('B4: what was stored late is not confirmed before what follows it has been sent again', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const fates: Fate[] = ['late', 'stored', 'stored'];
    network.fate = () => fates.shift() ?? 'stored';
    for (const n of upTo(150)) a.topic.publish(Note({ id: 'x', n }));
    await a.bridge.flushed();
    await eventually(() => b.numbers('a').length >= 150);
    expect(b.numbers('a')).toEqual(upTo(150));
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });
});

describe('the outbox', () => {
  it('B6: keeps what is published without a connection, in order, and sends it when there is one', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    network.disconnect('a');
    for (const n of upTo(500)) a.topic.publish(Note({ id: 'x', n }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(a.bridge.statistics()).toMatchObject({ isConnected: false, outbox: { messages: 500, dropped: 0 } });
    expect(b.numbers('a')).toEqual([]);
    network.connect('a');
    await eventually(() => b.numbers('a').length >= 500);
    expect(b.numbers('a')).toEqual(upTo(500));
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B6, B7: gives up the oldest messages beyond its bound, counts them, and says so on both sides', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect, { maxOutboxMessages: 100 }), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    network.disconnect('a');
    for (const n of upTo(250)) a.topic.publish(Note({ id: 'x', n }));
    network.connect('a');
    await eventually(() => b.numbers('a').length >= 100);
    expect(b.numbers('a')).toEqual(upTo(250).slice(150));
    await a.bridge.flushed();
    expect(a.bridge.statistics().outbox).toMatchObject({ dropped: 150, messages: 0 });
    expect(a.eventsOf('outbox-overflow').map(({ dropped }) => dropped)).toEqual([1, 150]);
    expect(b.eventsOf('gap').map(({ missed }) => missed)).toEqual([150]);
    expect(b.bridge.statistics().topics[0]).toMatchObject({ gaps: 1, missed: 150 });
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B6: is bounded in bytes too', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network), { maxOutboxBytes: 1000 });
    await a.bridge.ready;
    network.disconnect('a');
    for (const n of upTo(250)) a.topic.publish(Note({ id: 'x', n }));
    const { outbox } = a.bridge.statistics();
    expect(outbox.bytes).toBeLessThanOrEqual(1000);
    expect(outbox.messages + outbox.dropped).toBe(250);
    await a.bridge.close({ signal: AbortSignal.abort() });
    expect(a.eventsOf('outbox-overflow').at(-1)?.dropped).toBe(outbox.dropped); // it will never have room again
  });

  it('B6: reports a message whose pooled topic has too long a name, and sends the others', async () => {
    const network = new MemoryNetwork();
    const [a, b] = [poolSide('a', network), poolSide('b', network)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const names = ['1', 'x'.repeat(4096), 'x'.repeat(4097), '1'];
    for (const [index, name] of names.entries()) a.pool.topic(name).publish(Note({ id: 'x', n: index + 1 }));
    for (const name of names) a.pool.delete(name);
    a.pool.topic('2').publish(Note({ id: 'x', n: 5 }));
    await a.bridge.flushed();
    await eventually(() => b.numbers.length >= 4);
    expect(b.numbers).toEqual([1, 2, 4, 5]);
    expect(a.unsendable).toHaveLength(1);
    await eventually(() => !b.pool.has('1') && !b.pool.has('x'.repeat(4096)));
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B4, B6: whoever hears of a message that cannot cross may publish and ask: the order is that of publishing', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const flushed: Promise<void>[] = [];
    a.bridge.events$.subscribe((event) => {
      if (event.type !== 'unsendable') return;
      a.topic.publish(Note({ id: 'x', n: 4 }));
      flushed.push(a.bridge.flushed());
      expect(a.bridge.statistics().outbox.messages).toBe(4);
    });
    for (const n of [1, 2n as unknown as number, 3, 3]) a.topic.publish(Note({ id: 'x', n }));
    await a.bridge.flushed();
    await Promise.all(flushed);
    expect(flushed).toHaveLength(1);
    expect(a.bridge.statistics().outbox.messages).toBe(0);
    await eventually(() => b.numbers('a').length >= 4);
    expect(b.numbers('a')).toEqual([1, 3, 3, 4]);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B12: tells those who publish in bulk when it is half empty', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network), { maxOutboxMessages: 100 });
    await a.bridge.ready;
    network.disconnect('a');
    for (const n of upTo(80)) a.topic.publish(Note({ id: 'x', n }));
    const drained = a.bridge.drained();
    expect(await Promise.race([drained, Promise.resolve('waits')])).toBe('waits');
    network.connect('a');
    await drained;
    expect(a.bridge.statistics().outbox.messages).toBeLessThanOrEqual(50);
    await a.bridge.close();
  });

  it('B6: what was published so far is flushed, whatever is published meanwhile', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network));
    await a.bridge.ready;
    let isPublishing = true;
    const publish = (): void => {
      a.topic.publish(Note({ id: 'x', n: 1 }));
      if (isPublishing) setImmediate(publish);
    };
    publish();
    await a.bridge.flushed();
    expect(a.bridge.statistics().outbox.messages).toBeGreaterThan(0);
    isPublishing = false;
    await a.bridge.close();
  });

  it('B6: so it is when the outbox has given all of it up', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network), { maxOutboxBytes: 100 });
    await a.bridge.ready;
    network.disconnect('a');
    a.topic.publish(Note({ id: 'x', n: 1 }));
    const flushed = a.bridge.flushed();
    a.topic.publish(Note({ id: 'x'.repeat(100), n: 2 }));
    await flushed;
    expect(a.bridge.statistics().outbox).toMatchObject({ messages: 0, dropped: 2 });
    await a.bridge.close({ signal: AbortSignal.abort() });
  });

  it('B13: nobody waits for what a bridge that has ended will never send', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network), { maxOutboxMessages: 10 });
    await a.bridge.ready;
    network.disconnect('a');
    for (const n of upTo(10)) a.topic.publish(Note({ id: 'x', n }));
    const closed = { code: 'BRIDGE_CLOSED' };
    const waiting = [
      expect(a.bridge.flushed()).rejects.toMatchObject(closed),
      expect(a.bridge.drained()).rejects.toMatchObject(closed),
    ];
    await a.bridge.close({ signal: AbortSignal.abort() });
    await Promise.all(waiting);
    await expect(a.bridge.flushed()).rejects.toMatchObject(closed);
    await expect(a.bridge.drained()).rejects.toMatchObject(closed);
  });

  it('B6: a message that fits into a frame crosses, whatever characters are in it', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const id = `${'x'.repeat(2500)}é€😀`;
    a.topic.publish(Note({ id, n: 1 }));
    await a.bridge.flushed();
    await eventually(() => b.numbers('a').length === 1);
    expect(a.eventsOf('unsendable')).toEqual([]);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B6: reports a message that cannot cross, and sends the next one', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(Note({ id: 'x'.repeat(5000), n: 1 }));
    a.topic.publish(Note({ id: 1n as never, n: 2 }));
    a.topic.publish(Note({ id: 'x', n: 3 }));
    await eventually(() => b.numbers('a').length > 0);
    expect(b.numbers('a')).toEqual([3]);
    expect(a.eventsOf('unsendable').map(({ messageType }) => messageType)).toEqual(['note', 'note']);
    expect(b.eventsOf('gap')).toEqual([]);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });
});

describe('gaps', () => {
  it('B7: what the stream no longer keeps is a gap, after which caches are put right', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    a.topic.publish(State({ id: 'gone', n: 1 }));
    await eventually(() => b.cache.size === 1);
    network.setReading('b', false);
    a.topic.publish(State({ id: 'kept', n: 2 }));
    a.topic.publish(CacheClear(State({ id: 'gone', n: 1 })));
    await a.bridge.flushed();
    network.purge();
    network.setReading('b', true);
    a.topic.publish(Note({ id: 'x', n: 3 }));
    await eventually(() => b.cache.get(State, 'kept', 'a') !== undefined);
    await eventually(() => b.cache.get(State, 'gone', 'a') === undefined);
    expect(b.eventsOf('gap').map(({ missed }) => missed)).toEqual([2]);
    expect(b.numbers('a')).toContain(3);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });

  it('B7: finds out from signs of life what is missing at the end', async () => {
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [a, b] = [side('a', connect), side('b', connect)];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    network.setReading('b', false);
    a.topic.publish(State({ id: 'x', n: 1 }));
    await a.bridge.flushed();
    network.purge();
    network.setReading('b', true);
    await eventually(() => b.cache.get(State, 'x', 'a') !== undefined);
    expect(b.eventsOf('gap')).toHaveLength(1);
    await Promise.all([a.bridge.close(), b.bridge.close()]);
  });
});
