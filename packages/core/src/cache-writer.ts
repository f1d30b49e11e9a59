import { assert } from './assert.js';
import type { AggregateOptions, CacheId, LiveCache } from './cache.js';
import type { CacheEntry } from './cache-entry.js';
import { CacheClear, cacheUpdate, type CacheUpdateData } from './cache-messages.js';
import { equalData } from './equal-data.js';
import { StasisError } from './errors.js';
import { isMessage, LOCAL_EID, type Message } from './message.js';
import { contain } from './settlement.js';
import type { Topic } from './topic.js';

/** Writes what is published on one topic into a cache, and publishes the updates on another. */
export class CacheWriter {
  readonly updates: Topic<Message<CacheUpdateData>>;
  readonly #watched: Topic;
  readonly #cache: LiveCache;
  readonly #idOf = (snapshot: Message): CacheId | null | undefined => this.#cache.options.id(snapshot);

  constructor(watched: Topic, updates: Topic<Message<CacheUpdateData>>, cache: LiveCache) {
    this.#watched = watched;
    this.updates = updates;
    this.#cache = cache;
  }

  /**
   * The dispatch plan's: one message published on the watched topic. Never throws. Returns whether every mailbox that the
   * updates fed is within high water.
   */
  write(message: Message): boolean {
    const isClear = message.type.identity === CacheClear.identity;
    const snapshot = isClear ? message.data : message;
    if (!isMessage(snapshot) || snapshot.eid === null) return true;
    const id = this.#attempt('id', this.#idOf, snapshot, undefined);
    if (id === undefined || id === null) return true;
    return this.#replace(snapshot, id, isClear ? undefined : snapshot);
  }

  #replace({ type, eid }: Message, id: CacheId, snapshot: Message | undefined): boolean {
    const cache = this.#cache;
    const entry = cache.entry(type, id);
    const old = entry.replace(eid, snapshot);
    const changed = snapshot ?? old;
    if (old === undefined && snapshot !== undefined) cache.size++;
    if (old !== undefined && snapshot === undefined) cache.size--;
    // Clearing what is not there publishes nothing (C4).
    const isWithinHighWater = changed === undefined || this.#tell(entry, changed, old, snapshot);
    if (snapshot === undefined) cache.release(type, id, entry);
    return isWithinHighWater;
  }

  #tell(entry: CacheEntry, changed: Message, old: Message | undefined, snapshot: Message | undefined): boolean {
    const isWithinHighWater = this.#publish(old, snapshot);
    if (changed.eid === LOCAL_EID && snapshot !== old) {
      this.#cache.show(entry, this.#watched.audience.context.delivery);
    }
    return this.#aggregate(entry, changed) && isWithinHighWater;
  }

  #publish(old: Message | undefined, snapshot: Message | undefined): boolean {
    return this.updates.publish(cacheUpdate(old, snapshot));
  }

  /** Recomputes the aggregate of an id; when it has changed, publishes it, then the update (C6). */
  #aggregate(entry: CacheEntry, changed: Message): boolean {
    const options = this.#cache.options.aggregate;
    if (options === undefined) return true;
    const old = entry.get(null);
    const aggregate = this.#attempt('aggregate.compute', () => compute(options, entry, changed, old), changed, old);
    if (aggregate === old) return true;
    entry.replace(null, aggregate);
    if (aggregate !== undefined) {
      contain(
        () => options.publish?.(this.#watched, aggregate),
        (error) => this.#report('aggregate.publish', error),
      );
    }
    return this.#publish(old, aggregate);
  }

  #attempt<Result>(name: string, call: (message: Message) => Result, message: Message, otherwise: Result): Result {
    try {
      return call(message);
    } catch (error) {
      this.#report(name, error);
      return otherwise;
    }
  }

  #report(name: string, cause: unknown): void {
    const text = `[core] ${name}() of a cache failed on a message of topic "${this.#watched.name}".`;
    this.#watched.audience.context.report(new StasisError('CACHE', text, { cause }));
  }
}

/** The aggregate as it now is: the old one where the new one says the same, none when the last snapshot is gone. */
function compute(
  options: AggregateOptions,
  { local, remotes }: CacheEntry,
  changed: Message,
  old: Message | undefined,
): Message | undefined {
  if (local === undefined && remotes.length === 0) return undefined;
  const aggregate: unknown = options.compute({ local, remotes, aggregate: old }, changed) ?? undefined;
  if (aggregate === undefined) return undefined;
  const isAggregate = isMessage(aggregate) && aggregate.eid === null;
  assert(isAggregate, 'aggregate.compute', 'a message with eid null, or nothing', aggregate);
  return equalData([old?.type.identity, old?.data], [aggregate.type.identity, aggregate.data]) ? old : aggregate;
}
