import { frozenMessage, type Message } from './message.js';
import { builtInType, type MessageType } from './message-type.js';
import type { AnyMessageType } from './message.js';

/** What a cache update tells. Models `struct stasis_cache_update`. */
export interface CacheUpdateData {
  /** The message type of the snapshots. */
  readonly type: AnyMessageType;
  /** What the cache held before; `null` for a new entry. */
  readonly oldSnapshot: Message | null;
  /** What it holds now; `null` for an entry that was removed. */
  readonly newSnapshot: Message | null;
}

/**
 * The type of the messages that a caching topic publishes, one for each change of its cache (C2). Its entity id is that
 * of the snapshots; `null` when an aggregate has changed (C6). Its timestamp is that of the new snapshot; of a removal,
 * the present time. Models `stasis_cache_update_type`.
 */
export const CacheUpdate: MessageType<CacheUpdateData> =
  /* @__PURE__ */ builtInType<CacheUpdateData>('stasis_cache_update');

/**
 * The type of the messages that remove a snapshot from the caches which watch the topic (C4): published with the
 * snapshot as data, or with any message of its type, id and entity. Models `stasis_cache_clear_type`.
 */
export const CacheClear: MessageType<Message> = /* @__PURE__ */ builtInType<Message>('stasis_cache_clear');

/** Announces one change: at least one of the two is there. Made without a look for what to freeze: messages are frozen. */
export function cacheUpdate(old: Message | undefined, snapshot: Message | undefined): Message<CacheUpdateData> {
  const { type, eid } = (snapshot ?? old) as Message;
  const data = Object.freeze({ type, oldSnapshot: old ?? null, newSnapshot: snapshot ?? null });
  return frozenMessage(CacheUpdate, data, snapshot?.timestamp ?? Date.now(), eid) as Message<CacheUpdateData>;
}
