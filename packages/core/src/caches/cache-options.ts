import type { Message } from '../messages/message.js';
import type { Topic } from '../topics/topic.js';
import type { CacheId } from './cache-change.js';

/** All that a cache holds of one message type and id: what an aggregate is computed from (C6). */
export interface AggregateEntry {
  /** The snapshot of the local entity. */
  readonly local: Message | undefined;
  /** Those of other entities, in the order in which they first came. */
  readonly remotes: readonly Message[];
  /** The aggregate as it stands. */
  readonly aggregate: Message | undefined;
}

/** How a cache makes one snapshot of several entities' (C6). */
export interface AggregateOptions {
  /**
   * Computes the aggregate of an id, after each change of one of its snapshots. It has changed when its data has.
   * Not called when the last snapshot of the id is gone: then the aggregate goes too.
   *
   * @param entry all snapshots of the id, as they now are
   * @param changed the snapshot that came, or the one that was cleared
   * @returns a message with `eid: null`, or nothing for no aggregate
   */
  readonly compute: (entry: AggregateEntry, changed: Message) => Message | null | undefined;
  /** Publishes a changed aggregate, usually on the watched topic, which it is given. Default: nowhere but in the update. */
  readonly publish?: ((topic: Topic, aggregate: Message) => unknown) | undefined;
}

/** How a cache is made. Read once. */
export interface CacheOptions {
  /**
   * Gives the id of a message that is a snapshot, nothing for the others (C1). Called once for each message published
   * on a watched topic, while the publish runs.
   */
  readonly id: (message: Message) => CacheId | null | undefined;
  /** How the snapshots of several entities become one (C6). Default: they do not. */
  readonly aggregate?: AggregateOptions | undefined;
}
