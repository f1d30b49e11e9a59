import { createBus, subscribe } from '@stasis-rx/core';
import type { Trial } from '../../harness/time-ratio.js';
import { Tally } from '../../harness/tally.js';
import { counting, Sample } from '../../scenarios/samples.js';
import { expectAll } from './operation.js';

/** Publishes with `publishSync`, and only then waits for all of them. */
export function publishingSync(count: number): Trial {
  const tally = new Tally();
  const topic = createBus().topic<Sample>('samples');
  const subscription = subscribe(topic, counting(tally), { accept: [Sample] });
  const message = Sample({ n: 1 });
  let resolved = 0;
  return {
    run() {
      const waiting = Array.from({ length: count }, () => subscription.publishSync(message));
      return Promise.all(waiting).then(({ length }) => (resolved = length));
    },
    check() {
      expectAll(count, 'publishSync to resolve', resolved);
      expectAll(count, 'messages to be handled', tally.count);
    },
  };
}

/** Pulls an iterator ahead of what is published, then publishes for each pull. */
export function pullingAhead(count: number): Trial {
  const topic = createBus().topic<Sample>('samples');
  const iterator = topic[Symbol.asyncIterator]();
  const messages = Array.from({ length: count }, (_, n) => Sample({ n }));
  let pulled: IteratorResult<Sample>[] = [];
  return {
    async run() {
      const pulls = messages.map(() => iterator.next());
      for (const message of messages) topic.publish(message);
      pulled = await Promise.all(pulls);
    },
    check() {
      const inOrder = pulled.filter(({ value }, index) => value === messages[index]);
      expectAll(count, 'pulls to have their message', inOrder.length);
    },
  };
}

/** Waits with `drained` after each publish above high water, as many publishers that wait at the same time do. */
export function draining(count: number): Trial {
  const tally = new Tally();
  const topic = createBus({ highWater: 1 }).topic<Sample>('samples');
  subscribe(topic, counting(tally), { accept: [Sample] });
  const message = Sample({ n: 1 });
  let resolved = 0;
  return {
    run() {
      topic.publish(message);
      const waiting: Promise<void>[] = [];
      for (let made = 0; made < count; made++) if (!topic.publish(message)) waiting.push(topic.drained());
      return Promise.all(waiting).then(({ length }) => (resolved = length));
    },
    check() {
      expectAll(count, 'drained to resolve', resolved);
      expectAll(count + 1, 'messages to be handled', tally.count);
    },
  };
}
