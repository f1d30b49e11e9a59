import type { Bridge, BridgeEvent, BridgeOptions } from '@stasis-rx/bridge';
import { MemoryNetwork } from '../support/memory-network.js';
import { eventually, Note, side, State, upTo, type Side } from '../support/side.js';

/** Two buses that share the topic `calls` in one group, and what the options name in a second one. */
async function inTwoGroups(options: BridgeOptions) {
  const [first, second] = [new MemoryNetwork(), new MemoryNetwork()];
  const [a, b] = [side('a', first.bridge.bind(first)), side('b', first.bridge.bind(first))];
  const [a2, b2] = [a, b].map(({ bus }) => second.bridge(bus, { heartbeatMs: 20, ...options })) as [Bridge, Bridge];
  await Promise.all([a.bridge.ready, b.bridge.ready, a2.ready, b2.ready]);
  return { first, a, b, a2, b2 };
}

describe('several bridges of one bus', () => {
  it('B3, B9: a bus that leaves one of two groups keeps its entries with those who see it in the other', async () => {
    const { a, b, a2, b2 } = await inTwoGroups({ topics: ['calls'], types: [Note, State], caches: [] });
    a.topic.publish(State({ id: 'x', n: 1 }));
    await eventually(() => b.cache.size === 1);
    await a.bridge.close();
    await eventually(() => !b.bridge.peers().includes('a'));
    expect(b.cache.get(State, 'x', 'a')?.data.n).toBe(1);
    a.topic.publish(Note({ id: 'x', n: 2 }));
    await eventually(() => b.numbers('a').includes(2));
    expect(b.numbers('a')).toEqual([1, 2]);
    await a2.close();
    await eventually(() => b.cache.size === 0); // it has left the other one too
    await Promise.all([b.bridge.close(), b2.close()]);
  });

  it('B9: so it is when the bus that stays closes its own bridge of the other group', async () => {
    const { a, b, a2, b2 } = await inTwoGroups({ topics: ['calls'], types: [Note, State] });
    a.topic.publish(State({ id: 'x', n: 1 }));
    await eventually(() => b.cache.size === 1);
    await a.bridge.close();
    await eventually(() => !b.bridge.peers().includes('a'));
    await b2.close();
    expect(b.cache.size).toBe(0);
    await Promise.all([b.bridge.close(), a2.close()]);
  });

  it('B9: a bus that is still there in a group with other topics keeps no entries of these', async () => {
    const { a, b, a2, b2 } = await inTwoGroups({ topics: ['other'], types: [Note] });
    a.topic.publish(State({ id: 'x', n: 1 }));
    await eventually(() => b.cache.size === 1);
    await a.bridge.close();
    await eventually(() => b.cache.size === 0);
    expect(b2.peers()).toEqual(['a']);
    await Promise.all([b.bridge.close(), a2.close(), b2.close()]);
  });

  it('B3: what comes through a second bridge while the first one is cut off comes once', async () => {
    const { first, a, b, a2, b2 } = await inTwoGroups({ topics: ['calls'], types: [Note, State] });
    first.disconnect('a');
    for (const n of upTo(100)) a.topic.publish(Note({ id: 'x', n }));
    await eventually(() => b.numbers('a').length === 100);
    first.connect('a');
    await a.bridge.flushed();
    await eventually(() => (b.bridge.statistics().topics[0]?.duplicates ?? 0) >= 100);
    expect(b.numbers('a')).toEqual(upTo(100));
    await Promise.all([a.bridge.close(), b.bridge.close(), a2.close(), b2.close()]);
  });

  it('B8: snapshots that come late through a second bridge take nothing away that came through the first', async () => {
    const [first, second] = [new MemoryNetwork(), new MemoryNetwork()];
    const [a, b] = [side('a', first.bridge.bind(first)), side('b', first.bridge.bind(first))];
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    const again = ({ bus, topic, cache }: Side): Bridge =>
      second.bridge(bus, { topics: [topic], types: [Note, State], caches: [{ topic, cache }], heartbeatMs: 20 });
    a.topic.publish(State({ id: 'x', n: 1 }));
    const b2 = again(b);
    const snapshots: BridgeEvent[] = [];
    b2.events$.subscribe((event) => event.type === 'snapshot' && snapshots.push(event));
    await b2.ready;
    second.setReading('b', false);
    const a2 = again(a);
    await Promise.all([a2.ready, a2.flushed()]);
    a.topic.publish(State({ id: 'y', n: 2 }));
    await eventually(() => b.cache.size === 2);
    second.setReading('b', true);
    await eventually(() => snapshots.length > 0);
    expect(b.cache.dump(State, 'a').map(({ data }) => data.id)).toEqual(['x', 'y']);
    expect(b.numbers('a')).toEqual([1, 2]);
    await Promise.all([a.bridge.close(), b.bridge.close(), a2.close(), b2.close()]);
  });

  it('B1: a bus that joins one group twice is told so', async () => {
    const network = new MemoryNetwork();
    const a = side('a', network.bridge.bind(network));
    await a.bridge.ready;
    const again = network.bridge(a.bus, { topics: ['other'], types: [Note] });
    await again.ready;
    await eventually(() => a.eventsOf('duplicate-eid').length > 0);
    expect(a.eventsOf('duplicate-eid')[0]).toEqual({ type: 'duplicate-eid', peer: 'a' });
    await Promise.all([a.bridge.close(), again.close()]);
  });
});
