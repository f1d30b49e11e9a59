import { createBus, createTopicPool, subscribe, type Bus, type Topic } from '@stasis-rx/core';
import { spreadOf } from '../harness/statistics.js';
import { Tally } from '../harness/tally.js';
import { counting, Sample } from '../scenarios/samples.js';
import type { Figure } from './figure.js';
import { heapInUse } from './heap-in-use.js';

const TOPICS = 100_000;

interface FullPool {
  readonly bus: Bus;
  readonly topics: readonly Topic<Sample>[];
  readonly tally: Tally;
  /** What the second half of the topics took, against the first. */
  readonly secondHalfToFirst: number;
}

/** What a pooled topic costs. */
export const pooledTopics: Figure = {
  name: 'pooled-topics',
  nodeOptions: ['--expose-gc'],
  async measure() {
    fill(TOPICS / 10); // compiles what is measured below
    const before = await heapInUse();
    const pool = fill(TOPICS);
    const made = await heapInUse();
    const message = Sample({ n: 1 });
    for (const topic of pool.topics) topic.publish(message);
    await pool.bus.settled();
    const used = await heapInUse();
    if (pool.tally.count !== TOPICS) throw new Error(`of ${TOPICS} messages, ${pool.tally.count} have arrived`);
    const growth = [pool.secondHalfToFirst, fill(TOPICS).secondHalfToFirst, fill(TOPICS).secondHalfToFirst];
    return {
      heapBytes: (made - before) / TOPICS,
      heapBytesInUse: (used - before) / TOPICS,
      secondHalfToFirst: spreadOf(growth).median,
    };
  },
};

function fill(count: number): FullPool {
  const bus = createBus();
  const parent = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(parent, counting(tally), { accept: [Sample] });
  const pool = createTopicPool(parent);
  const topics = new Array<Topic<Sample>>(count);
  const makeHalf = (from: number, to: number): number => {
    const startedAt = performance.now();
    for (let index = from; index < to; index++) topics[index] = pool.topic(String(index));
    return performance.now() - startedAt;
  };
  const firstMs = makeHalf(0, count / 2);
  return { bus, topics, tally, secondHalfToFirst: makeHalf(count / 2, count) / firstMs };
}
