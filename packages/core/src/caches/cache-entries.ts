import type { Observer } from 'rxjs';
import type { CacheChange, CacheId } from './cache-change.js';
import { LOCAL_EID, type Message } from '../messages/message.js';
import { Watchers } from './watchers.js';

/** Somebody who watches an id. */
export type Watcher = Pick<Observer<Message | undefined>, 'next'>;

/** Somebody who is told of the changes of all ids. */
export type Follower = Pick<Observer<CacheChange>, 'next'>;

/**
 * What a cache holds of one message type, and who watches it (C1). Keys are never concatenated: ids and entities each
 * have a Map of their own. The local snapshots stand in theirs as they are: most caches hold nothing else, and an object
 * for each id would be the dearest part of an update.
 */
export class CacheEntries {
  readonly followers: Watchers<Follower> = new Watchers<Follower>();
  readonly #locals = new Map<CacheId, Message>();
  /** The snapshots of other entities, by id and by entity id; under `null` the aggregate. */
  readonly #others = new Map<CacheId, Map<string | null, Message>>();
  readonly #watchers = new Map<CacheId, Watchers<Watcher>>();

  /** Whether somebody is to be told of changes. */
  get isWatched(): boolean {
    return this.#watchers.size > 0 || this.followers.size > 0;
  }

  /** The ids of which there is something, those with a local snapshot first. */
  get ids(): Iterable<CacheId> {
    return new Set([...this.#locals.keys(), ...this.#others.keys()]);
  }

  /** Of one id: the snapshot of one entity; `null` is the aggregate. */
  get(id: CacheId, eid: string | null): Message | undefined {
    return eid === LOCAL_EID ? this.#locals.get(id) : this.#others.get(id)?.get(eid);
  }

  /** Of one id: the other entities' snapshots, in the order in which they first came. */
  remotes(id: CacheId): Message[] {
    return [...(this.#others.get(id) ?? [])].flatMap(([eid, snapshot]) => (eid === null ? [] : snapshot));
  }

  /** Of one id: the entities' snapshots, the local one first. */
  snapshots(id: CacheId): Message[] {
    return [this.#locals.get(id) ?? [], this.remotes(id)].flat();
  }

  /** Stores a snapshot or, when there is none, removes the one that is there. Returns that one. */
  replace(id: CacheId, eid: string | null, snapshot: Message | undefined): Message | undefined {
    if (eid !== LOCAL_EID) return this.#replaceOther(id, eid, snapshot);
    const locals = this.#locals;
    const old = locals.get(id);
    if (snapshot !== undefined) locals.set(id, snapshot);
    else locals.delete(id);
    return old;
  }

  /** Those who watch an id now. */
  watchers(id: CacheId): readonly Watcher[] {
    return this.#watchers.get(id)?.now ?? [];
  }

  watch(id: CacheId, watcher: Watcher): void {
    const watchers = this.#watchers.get(id) ?? new Watchers<Watcher>();
    this.#watchers.set(id, watchers.add(watcher));
  }

  unwatch(id: CacheId, watcher: Watcher): void {
    if (this.#watchers.get(id)?.remove(watcher).size === 0) this.#watchers.delete(id);
  }

  #replaceOther(id: CacheId, eid: string | null, snapshot: Message | undefined): Message | undefined {
    const others = this.#others.get(id) ?? new Map<string | null, Message>();
    const old = others.get(eid);
    if (snapshot !== undefined) others.set(eid, snapshot);
    else others.delete(eid);
    if (others.size > 0) this.#others.set(id, others);
    else this.#others.delete(id);
    return old;
  }
}
