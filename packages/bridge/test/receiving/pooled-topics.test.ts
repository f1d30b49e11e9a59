import { createBus, createTopicPool, subscribe, SubscriptionChange } from '@stasis-rx/core';
import type { BridgeOptions } from '@stasis-rx/bridge';
import { ManualClock } from '../support/manual-clock.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { Note, upTo } from '../support/side.js';

function world() {
  const [network, clock] = [new MemoryNetwork(), new ManualClock()];
  const join = async (eid: string, options: Partial<BridgeOptions> = {}) => {
    const bus = createBus({ eid });
    const pool = createTopicPool(bus.topic('calls'));
    const link = network.bridge(bus, { topics: [pool], types: [Note], clock, ...options });
    const rejected: unknown[] = [];
    link.events$.subscribe((event) => {
      if (event.type === 'rejected') rejected.push([event.reason, event.records]);
    });
    await clock.advance(1000);
    const publish = (child: string, n = 1): void => {
      pool.topic(child).publish(Note({ id: child, n }));
    };
    return { bus, pool, link, rejected, publish };
  };
  return { network, clock, join };
}

describe('pooled topics of other buses', () => {
  it('B14: end here when they end there, behind their last message, with the final message of each subscription', async () => {
    const { clock, join } = world();
    const [a, b] = [await join('a'), await join('b')];
    const seen: unknown[] = [];
    subscribe(b.pool.topic('1'), (message) => {
      seen.push(SubscriptionChange.is(message) ? message.data.description : message.data);
    });
    a.publish('1');
    a.publish('1', 2);
    a.pool.delete('1');
    a.publish('2');
    await clock.advance(100);
    expect(seen).toEqual(['Subscribe', { id: '1', n: 1 }, { id: '1', n: 2 }, 'Unsubscribe']);
    expect([b.pool.has('1'), b.pool.has('2')]).toEqual([false, true]);
    a.publish('1', 3);
    await clock.advance(100);
    expect(b.pool.has('1')).toBe(true);
  });

  it('B14: leave nothing behind, however many there were', async () => {
    const { clock, join } = world();
    const [a, b] = [await join('a'), await join('b')];
    const before = b.bus.statistics().topics.length;
    for (const n of upTo(5000)) {
      a.publish(`${n}`);
      a.pool.delete(`${n}`);
    }
    await clock.advance(1000);
    expect(b.pool.size).toBe(0);
    expect(b.bus.statistics().topics).toHaveLength(before);
  });

  it('B14: stay as long as somebody has published on them who has not ended them: this bus, or a third', async () => {
    const { clock, join } = world();
    const [a, b, c] = [await join('a'), await join('b'), await join('c')];
    for (const child of ['both', 'three']) a.publish(child);
    b.publish('both');
    c.publish('three');
    await clock.advance(100);
    a.pool.delete('both');
    a.pool.delete('three');
    await clock.advance(100);
    expect([b, c].map(({ pool }) => [pool.has('both'), pool.has('three')])).toEqual([
      [true, true],
      [true, true],
    ]);
    b.pool.delete('both');
    c.pool.delete('three');
    await clock.advance(100);
    expect([a, b, c].map(({ pool }) => pool.size)).toEqual([0, 0, 0]);
  });

  it('B14: end when the last bus that has published on them leaves, or is lost', async () => {
    const { network, clock, join } = world();
    const [a, b, c] = [await join('a'), await join('b'), await join('c')];
    a.publish('of a');
    b.publish('of b');
    await clock.advance(100);
    expect(c.pool.size).toBe(2);
    const closed = a.link.close();
    await clock.advance(100);
    await closed;
    expect([c.pool.has('of a'), c.pool.has('of b')]).toEqual([false, true]);
    network.mute('b', true);
    await clock.advance(10_000);
    expect(c.pool.size).toBe(0);
  });

  it('B14: may be so many; what is published on one more is rejected, and told of', async () => {
    const { clock, join } = world();
    const [a, b] = [await join('a'), await join('b', { maxPooledTopics: 4 })];
    b.publish('own');
    b.pool.topic('mine');
    for (const child of ['1', '2', '3', '4', '5', 'mine', '1']) a.publish(child);
    await clock.advance(100);
    const there = (): string[] => ['own', 'mine', '1', '2', '3', '4', '5', '6'].filter((child) => b.pool.has(child));
    expect(there()).toEqual(['own', 'mine', '1', '2', '3']);
    expect(b.rejected).toEqual([['too-many-topics', 2]]);
    a.pool.delete('1');
    a.pool.delete('2');
    a.publish('6');
    await clock.advance(100);
    expect(there()).toEqual(['own', 'mine', '3', '6']);
  });
});
