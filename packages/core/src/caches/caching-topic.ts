import { assert } from '../errors/assert.js';
import { assertTopic } from '../topics/assert-topic.js';
import type { Cache } from './cache.js';
import type { LiveCache } from './live-cache.js';
import { CacheClear, type CacheUpdateData } from '../messages/cache-messages.js';
import { CacheWriter } from './cache-writer.js';
import { isMessage, type Message } from '../messages/message.js';
import type { Topic } from '../topics/topic.js';

/**
 * Watches a topic, writes a cache, and publishes the changes on a topic of its own (C2).
 * Models `struct stasis_caching_topic`.
 */
export interface CachingTopic {
  /** Where the cache updates are published: named after the watched topic, with `-cached` behind. */
  readonly topic: Topic<Message<CacheUpdateData>>;
  /** Removes the entry of this snapshot's type, id and entity: publishes a `CacheClear` on the watched topic (C4). */
  clear(snapshot: Message): void;
  /** Stops watching and completes `topic`; what the cache holds stays. Models `stasis_caching_unsubscribe`. */
  unsubscribe(): void;
  /** Waits until it has stopped, by `unsubscribe` or with the watched topic. Models `stasis_caching_unsubscribe_and_join`. */
  join(): Promise<void>;
  /** Same as `unsubscribe`. */
  [Symbol.dispose](): void;
  /** `unsubscribe`, then `join`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a caching topic. The cache is written while a publish runs: when it returns, a read finds the new snapshot (C3);
 * the update is published right then. Messages without an id, aggregates and subscription changes are neither cached nor
 * passed through. Several caching topics may write one cache (C7). What the cache's functions throw is reported to the
 * bus; nothing is then stored. Models `stasis_caching_topic_create`.
 *
 * @param topic watched from now on, what is forwarded to it too; when it ends, so does the caching topic
 * @throws InvalidArgumentError when the topic is none, or the cache not made by `createCache`
 * @example
 * const cached = createCachingTopic(channels, cache);
 * subscribe(cached.topic, (message) => show(message.data.oldSnapshot, message.data.newSnapshot), { accept: [CacheUpdate] });
 */
export function createCachingTopic<M extends Message>(topic: Topic<M>, cache: Cache): CachingTopic {
  const call = 'createCachingTopic';
  assertTopic(call, 'topic', topic);
  assert(isLiveCache(cache), call, 'a cache, as createCache makes them', cache);
  return watchTopic(topic as unknown as Topic, cache);
}

/** Any loaded copy of core may have made it. */
function isLiveCache(cache: unknown): cache is LiveCache {
  return typeof (cache as Partial<LiveCache> | undefined)?.entriesOf === 'function';
}

/** It lives for as long as the topic of its updates. */
function watchTopic(watched: Topic, cache: LiveCache): CachingTopic {
  const { audience } = watched;
  const topic = watched.bus.newTopic<Message<CacheUpdateData>>(`${watched.name}-cached`);
  const writer = new CacheWriter(watched, topic, cache);
  const unsubscribe = (): void => {
    if (!topic.isCompleted) topic.complete();
  };
  audience.addTap(writer);
  const stopWatching = audience.onEnd(unsubscribe);
  const ended = new Promise<void>((resolve) => {
    topic.audience.onEnd(() => {
      stopWatching();
      audience.removeTap(writer);
      resolve();
    });
  });
  if (watched.isCompleted) unsubscribe();
  return {
    topic,
    clear(snapshot) {
      assert(isMessage(snapshot), 'cached.clear', 'a message', snapshot);
      watched.publish(CacheClear(snapshot));
    },
    unsubscribe,
    join: () => ended,
    [Symbol.dispose]: unsubscribe,
    [Symbol.asyncDispose]() {
      unsubscribe();
      return ended;
    },
  };
}
