import {
  createBus,
  messageType,
  subscribe,
  SubscriptionChange,
  type AnyMessageType,
  type Message,
  type MessageType,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { groupBy, Subject } from 'rxjs';
import type { Contender } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { counting, Sample, type Numbered } from './samples.js';

/** A router with so many routes; what is published takes the one in the middle. */
export function routed(routes: number): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Message<Numbered>>('samples');
  const tally = new Tally();
  const router = createMessageRouter(topic);
  for (const type of routedTypes(routes)) router.add(type, counting(tally));
  return {
    name: `router, ${routes} routes`,
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) topic.publish(message);
      await bus.settled();
    },
  };
}

/** The same promises with RxJS's own `groupBy` in the middle: what a handler returns is carried round it. */
export function routedByGroupBy(routes: number): Contender<Sample> {
  const bus = createBus();
  const topic = bus.topic<Message<Numbered>>('samples');
  const tally = new Tally();
  const types = routedTypes(routes);
  const handlers = new Map<AnyMessageType, (message: Sample) => unknown>(types.map((type) => [type, counting(tally)]));
  const messages = new Subject<Sample>();
  let result: unknown;
  messages.pipe(groupBy(({ type }) => type)).subscribe((group) => {
    const handler = handlers.get(group.key);
    group.subscribe((message) => {
      result = handler?.(message);
    });
  });
  subscribe(
    topic,
    (message) => {
      result = undefined;
      messages.next(message as Sample);
      return result;
    },
    { accept: [SubscriptionChange, ...types] },
  );
  return {
    name: `RxJS groupBy, ${routes} routes`,
    tallies: [tally],
    async deliver(samples) {
      for (const message of samples) topic.publish(message);
      await bus.settled();
    },
  };
}

function routedTypes(routes: number): MessageType<Numbered>[] {
  return Array.from({ length: routes }, (_, route) =>
    route === Math.floor(routes / 2) ? Sample : messageType<Numbered>(`other_${route}`),
  );
}
