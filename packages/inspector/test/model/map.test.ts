import { createBus, createTopicPool, messageType, subscribe } from '@stasis-rx/core';
import { drawMap } from '../../src/model/map/draw-map.js';
import { LiveMap } from '../../src/model/map/live-map.js';
import { Model } from '../../src/model/model.js';

const Note = messageType<{ n: number }>('note');
const nothing = { unfolded: new Set<string>(), search: '' };

/** 2,000 topics in a pool, 300 others of one prefix, and a few that stand alone. */
function largeBus() {
  const bus = createBus();
  const all = bus.topic('all');
  const pool = createTopicPool(all);
  for (let n = 0; n < 2000; n++) subscribe(pool.topic(String(n)), () => undefined, { accept: [Note], name: 'watch' });
  for (let n = 0; n < 300; n++) bus.topic(`device:${n}`);
  for (let n = 0; n < 9; n++) subscribe(all, () => undefined, { accept: [Note], name: `job ${n % 3}` });
  return bus;
}

describe('a map', () => {
  test('of 2,300 topics has a handful of nodes', () => {
    const bus = largeBus();
    const { nodes, edges } = drawMap(bus.describe(), [], nothing);
    expect(nodes.length).toBeLessThan(12);
    expect(nodes.find(({ kind }) => kind === 'pool')).toMatchObject({ title: 'pool of all', note: '2,000 topics' });
    expect(nodes.find(({ kind }) => kind === 'group')).toMatchObject({ title: 'device:…', note: '300 topics' });
    expect(nodes.find(({ title }) => title === 'watch')).toMatchObject({ note: '2,000 subscriptions' });
    expect(edges).toContainEqual(expect.objectContaining({ kind: 'forward', from: 'pool all', to: 'topic all' }));
  });

  test('stays readable when it is unfolded and searched, and leaves nothing out', () => {
    const description = largeBus().describe();
    const graph = drawMap(description, [], { unfolded: new Set(['pool all', 'group device']), search: '77' });
    expect(graph.nodes.length).toBeLessThan(250);
    expect(new Set(graph.nodes.flatMap(({ topics }) => topics)).size).toBe(description.topics.length);
    const ids = graph.nodes.flatMap(({ subscriptions }) => subscriptions);
    expect(new Set(ids).size).toBe(description.subscriptions.length);
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
    expect(graph.nodes.find(({ title, isFound }) => isFound && title.includes('77'))).toBeDefined();
  });

  test('has edges between its own nodes only', () => {
    const { nodes, edges } = drawMap(largeBus().describe(), [], { unfolded: new Set(['pool all']), search: '1' });
    const ids = new Set(nodes.map(({ id }) => id));
    for (const { from, to } of edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
  });

  test('tells rates once, on whatever ways messages go, and what is congested', () => {
    const bus = createBus();
    const names = ['a', 'b', 'c', 'd'];
    const topics = names.map((name) => ({ name, detail: '' }));
    const forwards = [
      { from: 'a', to: 'b' },
      { from: 'a', to: 'c' },
      { from: 'b', to: 'd' },
      { from: 'c', to: 'd' },
    ];
    subscribe(bus.topic('d'), () => undefined, { accept: [Note], name: 'sink', highWater: 2, lowWater: 1 });
    const model = new Model();
    const description = { ...bus.describe(), topics, forwards };
    model.apply({ is: 'description', at: 0, description });
    const statistics = bus.statistics();
    const counted = (dispatched: number, depth: number) => ({
      ...statistics,
      topics: [{ ...statistics.topics[0]!, name: 'a', dispatched }],
      subscriptions: [{ ...statistics.subscriptions[0]!, depth, passed: dispatched }],
    });
    model.apply({ is: 'statistics', at: 1000, statistics: counted(0, 0) });
    model.apply({ is: 'statistics', at: 2000, statistics: counted(100, 3) });

    const { nodes, edges } = drawMap(description, [], nothing);
    const live = new LiveMap(model);
    expect(edges.map((edge) => live.edge(edge))).toEqual([100, 100, 100, 100, 100]);
    expect(live.node(nodes.find(({ title }) => title === 'sink')!)).toEqual({
      rate: 100,
      depth: 3,
      state: 'congested',
      inState: 1,
    });
  });
});
