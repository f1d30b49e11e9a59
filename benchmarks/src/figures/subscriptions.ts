import { createBus, subscribe, type Bus, type Subscription, type Topic } from '@stasis-rx/core';
import { Tally } from '../harness/tally.js';
import { counting, Sample } from '../scenarios/samples.js';
import type { Figure } from './figure.js';
import { heapInUse } from './heap-in-use.js';

const TOPICS = 100;
const SUBSCRIPTIONS_EACH = 100;
const SUBSCRIPTIONS = TOPICS * SUBSCRIPTIONS_EACH;

/** What a subscription costs, its mailbox and its part in the topic's plan included. */
export const subscriptions: Figure = {
  name: 'subscriptions',
  nodeOptions: ['--expose-gc'],
  async measure() {
    const trial = createBus();
    subscribeAll(topicsOf(trial), new Tally()); // compiles what is measured below
    await publishOnAll(trial, topicsOf(trial));
    const bus = createBus();
    const topics = topicsOf(bus);
    const before = await heapInUse();
    const tally = new Tally();
    const made = subscribeAll(topics, tally);
    const after = await heapInUse();
    await publishOnAll(bus, topics);
    const used = await heapInUse();
    if (tally.count !== made.length) throw new Error(`${tally.count} deliveries to ${made.length} subscriptions`);
    return { heapBytes: (after - before) / SUBSCRIPTIONS, heapBytesInUse: (used - before) / SUBSCRIPTIONS };
  },
};

function topicsOf(bus: Bus): Topic<Sample>[] {
  return Array.from({ length: TOPICS }, (_, index) => bus.topic<Sample>(`samples-${index}`));
}

/** One handler for all of them: a user's closure is not the subscription's cost. */
function subscribeAll(topics: readonly Topic<Sample>[], tally: Tally): Subscription[] {
  const handler = counting(tally);
  return topics.flatMap((topic) =>
    Array.from({ length: SUBSCRIPTIONS_EACH }, () => subscribe(topic, handler, { accept: [Sample] })),
  );
}

async function publishOnAll(bus: Bus, topics: readonly Topic<Sample>[]): Promise<void> {
  const message = Sample({ n: 1 });
  for (const topic of topics) topic.publish(message);
  await bus.settled();
}
