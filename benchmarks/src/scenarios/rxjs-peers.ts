import { concatMap, EMPTY, Subject } from 'rxjs';
import type { Contender } from '../harness/contender.js';
import { counting, tallies, type Sample } from './samples.js';

/**
 * What one writes on RxJS for handlers that run one at a time. Its cheapest form: the handler ends at once with EMPTY,
 * so concatMap never queues, and each message is handled inside `next`. Behind a handler that takes longer it would
 * queue, and overflow the stack when that ends.
 */
export function concatMapped(subscriptions: number): Contender<Sample> {
  const subject = new Subject<Sample>();
  const counts = tallies(subscriptions);
  for (const tally of counts) {
    const handle = counting(tally);
    const project = (message: Sample): typeof EMPTY => {
      handle(message);
      return EMPTY;
    };
    subject.pipe(concatMap(project)).subscribe();
  }
  return {
    name: 'Subject + concatMap',
    tallies: counts,
    deliver(messages) {
      for (const message of messages) subject.next(message);
      return undefined;
    },
  };
}

/** A Subject and its observers, with nothing in between. */
export function rawSubject(subscriptions: number): Contender<Sample> {
  const subject = new Subject<Sample>();
  const counts = tallies(subscriptions);
  for (const tally of counts) subject.subscribe(counting(tally));
  return {
    name: 'raw Subject',
    tallies: counts,
    deliver(messages) {
      for (const message of messages) subject.next(message);
      return undefined;
    },
  };
}
