import { Observable } from 'rxjs';
import { assert, assertFunction } from '../errors/assert.js';
import type { BusContext } from '../bus/bus-context.js';
import { CacheEntries, type Watcher } from './cache-entries.js';
import { LOCAL_EID, type Message } from '../messages/message.js';
import { isMessageType, type AnyMessageType, type MessageOf } from '../messages/message-type.js';
import { tell } from '../errors/observers.js';
import type { Topic } from '../topics/topic.js';

/** What a snapshot is a snapshot of. Compared as a Map compares keys: `''`, `'0'` and `0` are three ids. */
export type CacheId = string | number;

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

/** One change of what a cache holds of the local entity. */
export interface CacheChange<Type extends AnyMessageType = AnyMessageType> {
  /** Whose snapshot has changed. */
  readonly id: CacheId;
  /** The new snapshot; `undefined` when it was removed. */
  readonly snapshot: MessageOf<Type> | undefined;
}

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

/**
 * Makes a cache. It fills when caching topics write to it (C7); it belongs to no bus. Models `stasis_cache_create`.
 *
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * const cache = createCache({ id: (message) => (ChannelSnapshot.is(message) ? message.data.id : undefined) });
 * const cached = createCachingTopic(channels, cache);
 */
export function createCache(options: CacheOptions): Cache {
  const call = 'createCache';
  const { id, aggregate } = (options as CacheOptions | undefined) ?? {};
  assertFunction(call, 'id', id);
  if (aggregate !== undefined) {
    const { compute, publish = compute } = Object(aggregate) as Partial<AggregateOptions>;
    assertFunction(call, 'aggregate.compute', compute);
    assertFunction(call, 'aggregate.publish', publish);
  }
  return new LiveCache(options);
}

/** The class behind {@link Cache}. */
export class LiveCache implements Cache {
  readonly options: CacheOptions;
  size = 0;
  readonly #types = new Map<unknown, CacheEntries>();
  #lastType: AnyMessageType | undefined;
  #lastEntries = new CacheEntries();
  /** What the watchers have not been shown yet. */
  readonly #shows: (() => void)[] = [];

  constructor(options: CacheOptions) {
    this.options = options;
  }

  get<Type extends AnyMessageType>(
    type: Type,
    id: CacheId,
    eid: string | null = LOCAL_EID,
  ): MessageOf<Type> | undefined {
    return this.#reading('get', type).get(id, eid) as MessageOf<Type> | undefined;
  }

  all<Type extends AnyMessageType>(type: Type, id: CacheId): MessageOf<Type>[] {
    return this.#reading('all', type).snapshots(id) as MessageOf<Type>[];
  }

  dump<Type extends AnyMessageType>(type?: Type, eid: string | null = LOCAL_EID): MessageOf<Type>[] {
    return this.#collect('dump', type, (entries, id) => entries.get(id, eid) ?? []) as MessageOf<Type>[];
  }

  dumpAll<Type extends AnyMessageType>(type?: Type): MessageOf<Type>[] {
    return this.#collect('dumpAll', type, (entries, id) => entries.snapshots(id)) as MessageOf<Type>[];
  }

  watch<Type extends AnyMessageType>(type: Type, id: CacheId): Observable<MessageOf<Type> | undefined> {
    this.#reading('watch', type);
    return new Observable<Message | undefined>((subscriber) => {
      const entries = this.entriesOf(type);
      // What is written from inside the showing of the first: operators must not see it before that.
      let early: (Message | undefined)[] | undefined = [];
      const watcher: Watcher = {
        next: (snapshot) => {
          if (early === undefined) subscriber.next(snapshot);
          else early.push(snapshot);
        },
      };
      entries.watch(id, watcher);
      subscriber.add(() => {
        entries.unwatch(id, watcher);
      });
      subscriber.next(entries.get(id, LOCAL_EID));
      for (const snapshot of early) subscriber.next(snapshot); // it may grow meanwhile
      early = undefined;
    }) as Observable<MessageOf<Type> | undefined>;
  }

  changes<Type extends AnyMessageType>(type: Type): Observable<CacheChange<Type>> {
    this.#reading('changes', type);
    return new Observable<CacheChange>((subscriber) => {
      const entries = this.entriesOf(type);
      entries.followers.add(subscriber);
      subscriber.add(() => {
        entries.followers.remove(subscriber);
      });
    });
  }

  /** What it holds of a type, to be changed. Most caches hold one type: while none other is written, it is not looked up. */
  entriesOf(type: AnyMessageType): CacheEntries {
    if (type !== this.#lastType) this.#turnTo(type);
    return this.#lastEntries;
  }

  /**
   * Shows a new local snapshot to those who watch the id now; those who come later are shown it when they come. A bus does
   * this when it has delivered what it is delivering; the order is that of the changes, across buses too.
   */
  show(entries: CacheEntries, id: CacheId, snapshot: Message | undefined, context: BusContext): void {
    const followers = entries.followers.now;
    const watchers = entries.watchers(id);
    this.#shows.push(() => {
      for (const watcher of watchers) tell(watcher, snapshot, 'cache.watch', context);
      for (const follower of followers) tell(follower, { id, snapshot }, 'cache.changes', context);
    });
    context.delivery.defer(() => this.#shows.shift()?.());
  }

  /** What it holds of a type, for a call that changes nothing: of a type that was never written nothing is kept. */
  #reading(call: string, type: AnyMessageType): CacheEntries {
    assert(isMessageType(type), `cache.${call}`, 'a message type', type);
    return this.#types.get(type.identity) ?? new CacheEntries();
  }

  #collect(
    call: string,
    type: AnyMessageType | undefined,
    read: (entries: CacheEntries, id: CacheId) => Message | Message[],
  ): Message[] {
    const types = type === undefined ? [...this.#types.values()] : [this.#reading(call, type)];
    return types.flatMap((entries) => [...entries.ids].flatMap((id) => read(entries, id)));
  }

  #turnTo(type: AnyMessageType): void {
    const entries = this.#types.get(type.identity) ?? new CacheEntries();
    this.#types.set(type.identity, entries);
    this.#lastType = type;
    this.#lastEntries = entries;
  }
}
