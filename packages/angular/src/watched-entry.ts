import type { AnyMessageType, Cache, CacheId, MessageOf } from '@stasis-rx/core';
import { skip, type Subscription } from 'rxjs';

/** Watches one entry of a cache at a time. */
export class WatchedEntry<Type extends AnyMessageType> {
  readonly #cache: Cache;
  readonly #type: Type;
  #id: CacheId | null | undefined;
  #snapshot: MessageOf<Type> | undefined;
  #watching: Subscription | undefined;
  #hasLeft = false;

  constructor(cache: Cache, type: Type) {
    this.#cache = cache;
    this.#type = type;
  }

  /** Gives the snapshot of this id, and watches that instead of the one before: calls back when there is another. */
  follow(id: CacheId | null | undefined, changed: () => void): MessageOf<Type> | undefined {
    if (Object.is(id, this.#id)) return this.#snapshot;
    this.#watching?.unsubscribe();
    this.#snapshot = undefined;
    if (id !== undefined && id !== null) this.#watch(id, changed);
    this.#id = id;
    return this.#snapshot;
  }

  /** Watches nothing any more, and keeps what it has. */
  leave(): void {
    this.#hasLeft = true;
    this.#watching?.unsubscribe();
  }

  #watch(id: CacheId, changed: () => void): void {
    this.#snapshot = this.#cache.get(this.#type, id);
    if (this.#hasLeft) return;
    const later$ = this.#cache.watch(this.#type, id).pipe(skip(1));
    this.#watching = later$.subscribe((snapshot) => {
      this.#snapshot = snapshot;
      changed();
    });
  }
}
