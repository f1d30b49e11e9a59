import { createBus, subscribe } from '@stasis-rx/core';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { Sample } from './samples.js';

/** A handler that returns a promise, which the bus awaits before the next message. */
export function asynchronous(name: string): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, awaiting(tally), { accept: [Sample] });
  return {
    name,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}

function awaiting(tally: Tally): (message: Sample) => Promise<void> {
  // eslint-disable-next-line @typescript-eslint/require-await -- what is measured is that it is awaited
  return async (message) => {
    tally.add(message.data.n);
  };
}
