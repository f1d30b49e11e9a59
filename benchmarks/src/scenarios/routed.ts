import { createBus, messageType, type Message } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { counting, Sample, type Numbered } from './samples.js';

/** A router with so many routes; what is published takes the one in the middle. */
export function routed(routes: number): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Message<Numbered>>('samples');
  const tally = new Tally();
  const router = createMessageRouter(topic);
  for (let route = 0; route < routes; route++) {
    const type = route === Math.floor(routes / 2) ? Sample : messageType<Numbered>(`other_${route}`);
    router.add(type, counting(tally));
  }
  return {
    name: `router, ${routes} routes`,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}
