import { EventEmitter } from 'eventemitter3';
import { createNanoEvents } from 'nanoevents';
import type { Contender } from '../harness/contender.js';
import { counting, tallies, type Sample } from './samples.js';

/** A synchronous emitter: an event's listeners are called in the order in which they came, with no protection at all. */
export function eventEmitter3(subscriptions: number): Contender<Sample> {
  const emitter = new EventEmitter<{ sample: (message: Sample) => void }>();
  const counts = tallies(subscriptions);
  for (const tally of counts) emitter.on('sample', counting(tally));
  return {
    name: 'eventemitter3',
    tallies: counts,
    deliver(messages) {
      for (const message of messages) emitter.emit('sample', message);
      return undefined;
    },
  };
}

/** The smallest of them: a lookup and a loop. */
export function nanoEvents(subscriptions: number): Contender<Sample> {
  const emitter = createNanoEvents<{ sample: (message: Sample) => void }>();
  const counts = tallies(subscriptions);
  for (const tally of counts) emitter.on('sample', counting(tally));
  return {
    name: 'nanoevents',
    tallies: counts,
    deliver(messages) {
      for (const message of messages) emitter.emit('sample', message);
      return undefined;
    },
  };
}
