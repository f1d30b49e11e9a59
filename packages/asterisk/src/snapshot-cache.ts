import {
  createCache,
  createCachingTopic,
  forwardAll,
  type Cache,
  type CacheUpdateData,
  type Message,
  type MessageType,
  type Topic,
} from '@stasis-rx/core';

/** What became of something: what it was, and what it is now. */
interface SnapshotData {
  readonly old: object | null;
  readonly new: object;
}

/** The last snapshot of everything of one kind that is alive: where the `old` of the next snapshot comes from. */
export interface SnapshotCache<Data extends SnapshotData> {
  readonly cache: Cache;
  /** Where each change of the cache is published. */
  readonly updates: Topic<Message<CacheUpdateData>>;
  /** What the next snapshot has as `old`; `null` when it is the first. */
  last(id: string): Data['old'];
  /** Takes away what has ended, once its last snapshot has been published. */
  remove(lastSnapshot: Message<Data>): void;
}

/**
 * Caches the snapshots that are published on a topic.
 *
 * What removes an entry is a message on the topic that the cache watches. So it watches a feed of its own, to which the
 * topic is forwarded: there, nobody but the cache is told of the removal, and nobody counts it.
 *
 * @param feed used for nothing else; the topic of the updates is named after it
 * @param idOf what a snapshot is a snapshot of
 */
export function cacheSnapshots<M extends Message, Data extends SnapshotData>(
  topic: Topic<M>,
  feed: Topic,
  type: MessageType<Data>,
  idOf: (snapshot: Data['new']) => string,
): SnapshotCache<Data> {
  const cache = createCache({ id: (message) => (type.is(message) ? idOf(snapshotIn(message)) : undefined) });
  const cached = createCachingTopic(feed, cache);
  forwardAll(topic, feed);
  return {
    cache,
    updates: cached.topic,
    last: (id) => {
      const message: Message<Data> | undefined = cache.get(type, id);
      return message === undefined ? null : withoutDead(snapshotIn(message));
    },
    remove: (lastSnapshot) => cached.clear(lastSnapshot),
  };
}

function snapshotIn<Data extends SnapshotData>(message: Message<Data>): Data['new'] {
  return (message.data as Data).new;
}

/** What was before says nothing about the end. */
function withoutDead<Snapshot extends { readonly dead?: boolean }>({ dead: _, ...snapshot }: Snapshot) {
  return snapshot;
}
