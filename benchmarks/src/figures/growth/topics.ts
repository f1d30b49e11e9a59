import { createBus, createTopicPool, forwardAll, subscribe } from '@stasis-rx/core';
import type { Trial } from '../../harness/time-ratio.js';
import { Tally } from '../../harness/tally.js';
import { counting, Sample } from '../../scenarios/samples.js';
import { expectAll, fromBothEnds } from './operation.js';

/** Completes a topic that plain observers listen to. */
export function completing(count: number): Trial {
  const topic = createBus().topic<Sample>('samples');
  let completed = 0;
  const complete = (): void => {
    completed++;
  };
  for (let made = 0; made < count; made++) topic.subscribe({ complete });
  return {
    run() {
      topic.complete();
    },
    check: () => expectAll(count, 'observers to complete', completed),
  };
}

/** Makes topics of a pool, and deletes them. */
export function pooling(count: number): Trial {
  const bus = createBus();
  const pool = createTopicPool(bus.topic<Sample>('samples'));
  const names = namesOf(count);
  let most = 0;
  return {
    run() {
      for (const name of names) pool.topic(name);
      most = pool.size;
      for (const name of fromBothEnds(names)) pool.delete(name);
    },
    check() {
      expectAll(count, 'topics in the pool', most);
      expectAll(0, 'of them to be left', pool.size);
      expectAll(1, 'topics of the bus to be left', bus.topics().length);
    },
  };
}

/** Makes topics, and publishes once on each. */
export function publishingFirst(count: number): Trial {
  const bus = createBus();
  const names = namesOf(count);
  const message = Sample({ n: 1 });
  return {
    run() {
      for (const name of names) bus.topic<Sample>(name).publish(message);
    },
    check() {
      const used = bus.statistics().topics.filter(({ notDispatched }) => notDispatched === 1);
      expectAll(count, 'topics with a message', used.length);
    },
  };
}

/** Forwards one topic to the next, beginning with the last: each forward must see that it closes no cycle. */
export function forwarding(count: number): Trial {
  const bus = createBus();
  const last = bus.topic<Sample>('samples');
  const names = namesOf(count);
  let first = last;
  return {
    run() {
      for (const name of names) {
        const from = bus.topic<Sample>(name);
        forwardAll(from, first);
        first = from;
      }
    },
    async check() {
      expectAll(count + 1, 'topics with the last one', bus.topics().length);
      const tally = new Tally();
      subscribe(last, counting(tally), { accept: [Sample] });
      first.publish(Sample({ n: 1 }));
      await bus.settled();
      expectAll(1, 'message to take all forwards', tally.count);
    },
  };
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `samples-${index}`);
}
