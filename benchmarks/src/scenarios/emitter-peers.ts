import { EventEmitter } from 'eventemitter3';
import { createNanoEvents } from 'nanoevents';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { counting, type Sample } from './samples.js';

/** A synchronous emitter with Node's interface. What a listener throws reaches whoever emitted. */
export function eventEmitter3(): Contender<Sample> {
  const emitter = new EventEmitter<{ sample: (message: Sample) => void }>();
  const tally = new Tally();
  emitter.on('sample', counting(tally));
  return {
    name: 'eventemitter3',
    tallies: [tally],
    deliver(messages) {
      for (const message of messages) emitter.emit('sample', message);
      return undefined;
    },
  };
}

/** The smallest of them: a lookup and a loop. */
export function nanoEvents(): Contender<Sample> {
  const emitter = createNanoEvents<{ sample: (message: Sample) => void }>();
  const tally = new Tally();
  emitter.on('sample', counting(tally));
  return {
    name: 'nanoevents',
    tallies: [tally],
    deliver(messages) {
      for (const message of messages) emitter.emit('sample', message);
      return undefined;
    },
  };
}
