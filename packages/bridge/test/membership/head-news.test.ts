import { createBus } from '@stasis-rx/core';
import { divided, HeadNews } from '../../src/membership/head-news.js';
import { ManualClock } from '../support/manual-clock.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { Note, upTo } from '../support/side.js';

const lanes = (count: number) => upTo(count).map((n) => ({ lane: `lane ${n}`, base: 1, hasSnapshots: false }));

describe('what a beat says of the lanes', () => {
  it('B7: is everything, where there are few', () => {
    const heads = lanes(64);
    const news = new HeadNews(() => heads);
    for (let beat = 0; beat < 5; beat++) expect(news.next()).toEqual(heads);
  });

  it('B7: is what has changed, three times, and of the others some in turn, so that all come by', () => {
    const heads = lanes(1000);
    const news = new HeadNews(() => heads);
    for (let beat = 0; beat < 3; beat++) expect(news.next()).toHaveLength(1000);
    const counts = new Map<string, number>();
    for (let beat = 0; beat < 16; beat++) {
      const said = news.next();
      expect(said).toHaveLength(64);
      for (const { lane } of said) counts.set(lane, (counts.get(lane) ?? 0) + 1);
    }
    expect(counts.size).toBe(1000);
    heads[500] = { lane: 'lane 501', base: 7, hasSnapshots: false };
    const isSaid = upTo(4).map(() => news.next().some(({ base }) => base === 7));
    expect(isSaid).toEqual([true, true, true, false]);
    expect(news.all()).toHaveLength(1000);
  });

  it('B7: is divided into messages of a length', () => {
    expect(divided(['aa', 'bb', 'cc', 'a long one', 'd'], 10)).toEqual([['aa', 'bb'], ['cc'], ['a long one'], ['d']]);
    expect(divided([], 10)).toEqual([[]]);
    expect(divided(Array<string>(5000).fill('a'), 32_768).map(({ length }) => length)).toEqual([4096, 904]);
  });
});

describe('a bridge of five thousand topics', () => {
  it('B7, B8: is ready, carries each, and says little when nothing happens', async () => {
    const [network, clock] = [new MemoryNetwork(), new ManualClock()];
    const topics = upTo(5000).map((n) => `topic ${n}`);
    const join = (eid: string) => {
      const bus = createBus({ eid });
      const bridge = network.bridge(bus, { topics, types: [Note], clock });
      let got = 0;
      for (const topic of [topics[0], topics.at(-1)]) bus.topic(topic as string).subscribe(() => got++);
      const events: string[] = [];
      bridge.events$.subscribe(({ type }) => events.push(type));
      return { bus, bridge, events, got: () => got };
    };
    const [a, b] = [join('a'), join('b')];
    await clock.advance(2000);
    await Promise.all([a.bridge.ready, b.bridge.ready]);
    for (const topic of [topics[0], topics.at(-1)]) {
      a.bus.topic(topic as string).publish(Note({ id: 'x', n: 1 }));
    }
    await clock.advance(1000);
    expect(b.got()).toBe(2);
    await clock.advance(4000);
    const said = network.said;
    await clock.advance(1000);
    expect(network.said - said).toBeLessThan(10_000);
    expect([...a.events, ...b.events].filter((type) => /reject|error|lost|gap/.test(type))).toEqual([]);
    await Promise.all([a, b].map(({ bridge }) => bridge.close({ signal: AbortSignal.abort() })));
  });
});
