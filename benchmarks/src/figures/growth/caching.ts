import { createBus, createCache, createCachingTopic, type Cache, type Topic } from '@stasis-rx/core';
import type { Observable } from 'rxjs';
import type { Trial } from '../../harness/time-ratio.js';
import { Sample } from '../../scenarios/samples.js';
import { expectAll, fromBothEnds } from './operation.js';

const ID = 'the only one';

/** Watches one id, and stops watching. */
export function watching(count: number): Trial {
  return comingAndGoing(count, (cache) => cache.watch(Sample, ID));
}

/** Follows the changes of all ids, and stops following. */
export function following(count: number): Trial {
  return comingAndGoing(count, (cache) => cache.changes(Sample));
}

/** Makes caching topics of one topic and one cache, and ends them. */
export function cachingTopics(count: number): Trial {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const cache = newCache();
  let most = 0;
  return {
    run() {
      const cachings = Array.from({ length: count }, () => createCachingTopic(topic, cache));
      most = bus.topics().length;
      for (const caching of fromBothEnds(cachings)) caching.unsubscribe();
      return Promise.all(cachings.map((caching) => caching.join()));
    },
    check() {
      expectAll(count + 1, 'topics with the watched one', most);
      expectAll(1, 'of them to be left', bus.topics().length);
    },
  };
}

/** With one change, while all are there, that each of them must see, and one afterwards that nobody may. */
function comingAndGoing(count: number, observe: (cache: Cache) => Observable<unknown>): Trial {
  const cache = newCache();
  const topic = cached(cache);
  const message = Sample({ n: 1 });
  let seen = 0;
  const see = (): void => {
    seen++;
  };
  let seenBefore = 0;
  let seenByAll = 0;
  return {
    run() {
      const observers = Array.from({ length: count }, () => observe(cache).subscribe(see));
      seenBefore = seen; // a watcher has been shown that there is nothing yet
      topic.publish(message);
      seenByAll = seen - seenBefore;
      for (const observer of fromBothEnds(observers)) observer.unsubscribe();
    },
    check() {
      topic.publish(message);
      expectAll(count, 'observers to see a change', seenByAll);
      expectAll(seenBefore + count, 'changes to be seen', seen);
    },
  };
}

function newCache(): Cache {
  return createCache({ id: () => ID });
}

function cached(cache: Cache): Topic<Sample> {
  const topic = createBus().topic<Sample>('samples');
  createCachingTopic(topic, cache);
  return topic;
}
