import { createBus, createTopicPool, subscribe } from '@stasis-rx/core';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { counting, Sample } from './samples.js';

/**
 * A pool, with one subscription on the parent of its topics.
 *
 * @param topics how many the pool has
 * @param used on how many of them is published, in turn
 */
export function pooled(name: string, topics: number, used: number): Contender<Sample> {
  const bus = createBus();
  const parent = bus.topic<Sample>('samples');
  const pool = createTopicPool(parent);
  const children = Array.from({ length: topics }, (_, index) => pool.topic(String(index)));
  const tally = new Tally();
  subscribe(parent, counting(tally), { accept: [Sample] });
  let next = 0;
  return {
    name,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) {
        children[next]?.publish(message);
        if (++next === used) next = 0;
      }
      await bus.settled();
    },
  };
}
