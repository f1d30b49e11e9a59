import type { Observable } from 'rxjs';
import type { MessageOf } from '../messages/message-type.js';
import type { AnyMessageType } from '../messages/message.js';
import type { CacheChange, CacheId } from './cache-change.js';

/** The last snapshot per message type, id and entity (C1). Written by caching topics. Models `struct stasis_cache`. */
export interface Cache {
  /** How many snapshots it holds, aggregates not counted. */
  readonly size: number;
  /**
   * One snapshot: the local one, that of another entity, or with `null` the aggregate (C5). O(1).
   * Models `stasis_cache_get` and `stasis_cache_get_by_eid`.
   */
  get<Type extends AnyMessageType>(type: Type, id: CacheId, eid?: string | null): MessageOf<Type> | undefined;
  /** All entities' snapshots of one id, the local one first (C5). Models `stasis_cache_get_all`. */
  all<Type extends AnyMessageType>(type: Type, id: CacheId): MessageOf<Type>[];
  /**
   * The snapshots of one entity, of one type or of all (C5): the local ones, those of another entity, or with `null`
   * the aggregates. O(size). Models `stasis_cache_dump` and `stasis_cache_dump_by_eid`.
   */
  dump<Type extends AnyMessageType>(type?: Type, eid?: string | null): MessageOf<Type>[];
  /**
   * The snapshots of all entities, of one type or of all, without aggregates (C5): of a type, first those of ids that have
   * a local one. O(size). Models `stasis_cache_dump_all`.
   */
  dumpAll<Type extends AnyMessageType>(type?: Type): MessageOf<Type>[];
  /**
   * The local snapshot of an id: on subscribing the current one, or `undefined` when there is none, then each later one,
   * `undefined` when it is removed; in the order of the changes, with no gap, and nothing twice. Called on the publisher's
   * stack. Never completes.
   */
  watch<Type extends AnyMessageType>(type: Type, id: CacheId): Observable<MessageOf<Type> | undefined>;
  /**
   * Each later change of a type's local snapshots, of whatever id: in the order of the changes, on the publisher's
   * stack. What there is already, `dump` tells. Never completes.
   */
  changes<Type extends AnyMessageType>(type: Type): Observable<CacheChange<Type>>;
}
