import { createBus, createTopicPool, subscribe } from '@stasis-rx/core';
import type { Contender } from '../harness/contender.js';
import { counting, Sample, tallies } from './samples.js';

/** Published on the topics of a pool in turn, with one subscription on their parent. */
export function pooled(topics: number): Contender<Sample> {
  const bus = createBus();
  const parent = bus.topic<Sample>('samples');
  const pool = createTopicPool(parent);
  const children = Array.from({ length: topics }, (_, index) => pool.topic(String(index)));
  const counts = tallies(1);
  for (const tally of counts) subscribe(parent, counting(tally), { accept: [Sample] });
  let next = 0;
  return {
    name: `${topics.toLocaleString('en')} pooled topics`,
    tallies: counts,
    async deliver(messages) {
      for (const message of messages) {
        children[next]?.publish(message);
        if (++next === topics) next = 0;
      }
      await bus.settled();
    },
  };
}
