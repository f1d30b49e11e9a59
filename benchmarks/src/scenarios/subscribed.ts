import { createBus, subscribe } from '@stasis-rx/core';
import { Subject } from 'rxjs';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { OURS } from './ours.js';
import { Sample } from './samples.js';

/** A subscription to one topic for each number. One message while all are there: its handlers add these numbers. */
export function subscribed(): Contender<number> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const message = Sample({ n: 1 });
  const tally = new Tally();
  return {
    name: OURS,
    tallies: [tally],
    async deliver(numbers) {
      const subscriptions = numbers.map((n) => subscribe(topic, () => tally.add(n), { accept: [Sample] }));
      topic.publish(message);
      for (const subscription of subscriptions) subscription.unsubscribe();
      await bus.settled();
    },
  };
}

/** The same on a Subject. It looks for a subscription from the oldest on: ended in that order, it finds each at once. */
export function subscribedToSubject(): Contender<number> {
  const subject = new Subject<Sample>();
  const message = Sample({ n: 1 });
  const tally = new Tally();
  return {
    name: 'raw Subject',
    tallies: [tally],
    deliver(numbers) {
      const subscriptions = numbers.map((n) => subject.subscribe(() => tally.add(n)));
      subject.next(message);
      for (const subscription of subscriptions) subscription.unsubscribe();
      return undefined;
    },
  };
}
