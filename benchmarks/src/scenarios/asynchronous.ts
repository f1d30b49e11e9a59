import { createBus, subscribe } from '@stasis-rx/core';
import type { Contender } from '../harness/contender.js';
import { Sample, tallies } from './samples.js';

/** A handler that returns a promise, which the bus awaits before the next message. */
export function asynchronous(name: string): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const counts = tallies(1);
  for (const tally of counts) subscribe(topic, awaiting(tally), { accept: [Sample] });
  return {
    name,
    tallies: counts,
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}

function awaiting(tally: { add(n: number): void }): (message: Sample) => Promise<void> {
  // eslint-disable-next-line @typescript-eslint/require-await -- what is measured is that it is awaited
  return async (message) => {
    tally.add(message.data.n);
  };
}
