import { createBus, subscribe, type BusOptions } from '@stasis-rx/core';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { counting, Sample, tallies } from './samples.js';

export const OURS = 'stasis-rx';

/** A topic with so many subscriptions and default options: handlers run in a later microtask. */
export function queued(subscriptions: number, name = OURS, options: BusOptions = {}): Contender<Sample> {
  const bus = createBus(options);
  const topic = bus.topic<Sample>('samples');
  const counts = tallies(subscriptions);
  for (const tally of counts) subscribe(topic, counting(tally), { accept: [Sample] });
  return {
    name,
    tallies: counts,
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}

/**
 * The same with one subscription, and so many times the messages published before it handles the first. In a function of
 * their own, which is compiled: a loop that runs once for all of them may allocate for each step of its own.
 */
export function backlogged(times: number): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, counting(tally), { accept: [Sample] });
  const publishAll = (messages: readonly Sample[]): void => {
    for (const message of messages) topic.publish(message);
  };
  return {
    name: OURS,
    tallies: [tally],
    async deliver(messages) {
      for (let time = 0; time < times; time++) publishAll(messages);
      await bus.settled();
    },
  };
}

/** The same, with handlers that run on the publisher's stack. */
export function synchronous(subscriptions: number): Contender<Sample> {
  const topic = createBus().topic<Sample>('samples');
  const counts = tallies(subscriptions);
  for (const tally of counts) subscribe(topic, counting(tally), { accept: [Sample], delivery: 'synchronous' });
  return {
    name: OURS,
    tallies: counts,
    deliver(messages) {
      for (const message of messages) topic.publish(message);
      return undefined;
    },
  };
}
