import type { Observer } from 'rxjs';
import type { CacheChange, CacheId } from './cache.js';
import { LOCAL_EID, type Message } from './message.js';

/** Somebody who watches an entry. */
export type Watcher = Pick<Observer<Message | undefined>, 'next'>;

/** What a cache holds of one message type. */
export class CacheEntries extends Map<CacheId, CacheEntry> {
  /** Those who are told of the changes of all entries, later ones included; never changed, always replaced. */
  followers: readonly Pick<Observer<CacheChange>, 'next'>[] = [];
}

/** What a cache holds of one message type and id (C1). */
export class CacheEntry {
  readonly id: CacheId;
  /** The entries of its type, itself among them. */
  readonly siblings: CacheEntries;
  local: Message | undefined;
  /** Never changed, always replaced: whoever has read it keeps those who watched then. */
  watchers: readonly Watcher[] = NOBODY;
  /** The snapshots of other entities, by entity id; under `null` the aggregate. */
  #others: Map<string | null, Message> | undefined;

  constructor(id: CacheId, siblings: CacheEntries) {
    this.id = id;
    this.siblings = siblings;
  }

  /** Whether nothing holds on to it: no snapshot, no aggregate, no watcher. */
  get isUnused(): boolean {
    return this.local === undefined && this.#others === undefined && this.watchers.length === 0;
  }

  /** The other entities' snapshots, in the order in which they first came. */
  get remotes(): Message[] {
    return [...(this.#others ?? [])].flatMap(([eid, snapshot]) => (eid === null ? [] : snapshot));
  }

  /** The entities' snapshots, the local one first. */
  get snapshots(): Message[] {
    return this.local === undefined ? this.remotes : [this.local, ...this.remotes];
  }

  /** The snapshot of one entity; `null` is the aggregate. */
  get(eid: string | null): Message | undefined {
    return eid === LOCAL_EID ? this.local : this.#others?.get(eid);
  }

  /** Stores a snapshot or, when there is none, removes the one that is there. Returns that one. */
  replace(eid: string | null, snapshot: Message | undefined): Message | undefined {
    const old = this.get(eid);
    if (eid === LOCAL_EID) this.local = snapshot;
    else if (snapshot !== undefined) (this.#others ??= new Map<string | null, Message>()).set(eid, snapshot);
    else if (this.#others?.delete(eid) === true && this.#others.size === 0) this.#others = undefined;
    return old;
  }
}

const NOBODY: readonly Watcher[] = [];
