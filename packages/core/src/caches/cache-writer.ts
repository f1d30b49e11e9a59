import { assert } from '../errors/assert.js';
import type { CacheId } from './cache-change.js';
import type { AggregateEntry, AggregateOptions } from './cache-options.js';
import type { LiveCache } from './live-cache.js';
import type { CacheEntries } from './cache-entries.js';
import { CacheClear, CacheUpdate, cacheUpdate, type CacheUpdateData } from '../messages/cache-messages.js';
import { equalData } from './equal-data.js';
import { StasisError } from '../errors/errors.js';
import { isMessage, LOCAL_EID, type Message } from '../messages/message.js';
import { contain } from '../errors/contain.js';
import type { Feeding, Tap } from '../topics/tap.js';
import type { Topic } from '../topics/topic.js';
import type { Tracking } from '../watching/tracking.js';

/** Writes what is published on one topic into a cache, and publishes the updates on another. */
export class CacheWriter implements Tap {
  readonly feeds: Feeding;
  readonly #updates: Topic<Message<CacheUpdateData>>;
  readonly #watched: Topic;
  readonly #cache: LiveCache;

  constructor(watched: Topic, updates: Topic<Message<CacheUpdateData>>, cache: LiveCache) {
    this.#watched = watched;
    this.feeds = updates.audience;
    this.#updates = updates;
    this.#cache = cache;
  }

  describe(): { readonly topic: string; readonly updates: string; readonly entries: number } {
    return { topic: this.#watched.name, updates: this.#updates.name, entries: this.#cache.size };
  }

  take(message: Message, tracking: Tracking | undefined): boolean {
    const isClear = message.type.identity === CacheClear.identity;
    const snapshot: unknown = isClear ? message.data : message;
    if (!isMessage(snapshot) || snapshot.eid === null) return true;
    const id = this.#idOf(snapshot);
    return id === undefined || id === null || this.#replace(id, snapshot, isClear ? undefined : snapshot, tracking);
  }

  #replace(
    id: CacheId,
    { type, eid }: Message,
    snapshot: Message | undefined,
    tracking: Tracking | undefined,
  ): boolean {
    const cache = this.#cache;
    const entries = cache.entriesOf(type);
    const old = entries.replace(id, eid, snapshot);
    const changed = snapshot ?? old;
    if (changed === undefined) return true; // Clearing what is not there publishes nothing (C4).
    if (old === undefined) cache.size++;
    if (snapshot === undefined) cache.size--;
    tracking?.wrote(this.#watched, this.#updates, { id, old, snapshot });
    const isWithinHighWater = this.#update(old, snapshot);
    if (eid === LOCAL_EID && snapshot !== old && entries.isWatched) {
      cache.show(entries, id, snapshot, this.#watched.bus);
    }
    const { aggregate } = cache.options;
    return aggregate === undefined
      ? isWithinHighWater
      : this.#aggregate(aggregate, entries, id, changed, tracking) && isWithinHighWater;
  }

  /** Recomputes the aggregate of an id; when it has changed, publishes it, then the update (C6). */
  #aggregate(
    options: AggregateOptions,
    entries: CacheEntries,
    id: CacheId,
    changed: Message,
    tracking: Tracking | undefined,
  ): boolean {
    const old = entries.get(id, null);
    const entry = { local: entries.get(id, LOCAL_EID), remotes: entries.remotes(id), aggregate: old };
    const aggregate = this.#attempt('aggregate.compute', () => compute(options, entry, changed), old);
    if (aggregate === old) return true;
    entries.replace(id, null, aggregate);
    tracking?.wrote(this.#watched, this.#updates, { id, old, snapshot: aggregate });
    if (aggregate !== undefined) {
      contain(
        () => options.publish?.(this.#watched, aggregate),
        (error) => this.#report('aggregate.publish', error),
      );
    }
    return this.#update(old, aggregate);
  }

  /** A publish can be refused, and what is written is written. */
  #update(old: Message | undefined, snapshot: Message | undefined): boolean {
    try {
      return this.#updates.plan?.passOver(CacheUpdate) === true || this.#updates.publish(cacheUpdate(old, snapshot));
    } catch (error) {
      this.#report('updates.publish', error);
      return true;
    }
  }

  #idOf(snapshot: Message): CacheId | null | undefined {
    try {
      return this.#cache.options.id(snapshot);
    } catch (error) {
      this.#report('id', error);
      return undefined;
    }
  }

  #attempt<Result>(name: string, call: () => Result, otherwise: Result): Result {
    try {
      return call();
    } catch (error) {
      this.#report(name, error);
      return otherwise;
    }
  }

  #report(name: string, cause: unknown): void {
    const text = `[core] ${name}() of a cache failed on a message of topic "${this.#watched.name}".`;
    this.#watched.bus.report(new StasisError('CACHE', text, { cause }));
  }
}

/** The aggregate as it now is: the old one where the new one says the same, none when the last snapshot is gone. */
function compute(options: AggregateOptions, entry: AggregateEntry, changed: Message): Message | undefined {
  const { local, remotes, aggregate: old } = entry;
  if (local === undefined && remotes.length === 0) return undefined;
  const aggregate: unknown = options.compute(entry, changed) ?? undefined;
  if (aggregate === undefined) return undefined;
  const isAggregate = isMessage(aggregate) && aggregate.eid === null;
  assert(isAggregate, 'aggregate.compute', 'a message with eid null, or nothing', aggregate);
  return equalData([old?.type.identity, old?.data], [aggregate.type.identity, aggregate.data]) ? old : aggregate;
}
