import { createBus, createTopicPool, forwardAll, subscribe, type Bus } from '@stasis-rx/core';
import { Tally } from '../harness/tally.js';
import { counting, Sample } from '../scenarios/samples.js';
import type { Scale, Scaled } from './scale.js';

const message = Sample({ n: 1 });

/** From few to many. */
export const scales: readonly Scale[] = [
  {
    name: 'scale-topics',
    what: 'pooled topics',
    timed: 'a publish on one after the other, handled by one subscription to the parent',
    counts: [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000],
    make: topics,
  },
  {
    name: 'scale-subscriptions',
    what: 'subscriptions to one topic',
    timed: 'a delivery to one of them',
    counts: [1, 10, 100, 1_000, 10_000, 100_000],
    make: subscriptions,
  },
  {
    name: 'scale-forwards',
    what: 'topics in a chain of forwards',
    timed: 'a publish on the first, handled by one subscription to the last',
    counts: [1, 3, 10, 30, 100],
    make: forwards,
  },
];

function topics(count: number): Scaled {
  const bus = createBus();
  const parent = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(parent, counting(tally), { accept: [Sample] });
  const pool = createTopicPool(parent);
  const made = Array.from({ length: count }, (_, index) => pool.topic(String(index)));
  let next = 0;
  return counted(bus, tally, (messages) => {
    for (let published = 0; published < messages; published++) made[next++ % count]?.publish(message);
    return messages;
  });
}

function subscriptions(count: number): Scaled {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  for (let made = 0; made < count; made++) subscribe(topic, counting(tally), { accept: [Sample] });
  return counted(bus, tally, (messages) => {
    const publishes = Math.max(1, Math.round(messages / count));
    for (let published = 0; published < publishes; published++) topic.publish(message);
    return publishes * count;
  });
}

function forwards(count: number): Scaled {
  const bus = createBus();
  const last = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(last, counting(tally), { accept: [Sample] });
  let first = last;
  for (let made = 0; made < count; made++) {
    const from = bus.topic<Sample>(`samples-${made}`);
    forwardAll(from, first);
    first = from;
  }
  return counted(bus, tally, (messages) => {
    for (let published = 0; published < messages; published++) first.publish(message);
    return messages;
  });
}

/** @param publish returns how many are to be handled */
function counted(bus: Bus, tally: Tally, publish: (messages: number) => number): Scaled {
  let expected = 0;
  return {
    async publish(messages) {
      const count = publish(messages);
      await bus.settled();
      expected += count;
      if (tally.count !== expected) throw new Error(`of ${expected} messages, ${tally.count} have been handled`);
      return count;
    },
  };
}
