import { signal, type Signal } from '@angular/core';
import type { AnyMessageType, Cache, CacheId, MessageOf } from '@stasis-rx/core';
import type { Subscription } from 'rxjs';

/** Watches one entry of a cache at a time. */
export class WatchedEntry<Type extends AnyMessageType> {
  readonly #cache: Cache;
  readonly #type: Type;
  #watching: Subscription | undefined;
  #hasLeft = false;

  constructor(cache: Cache, type: Type) {
    this.#cache = cache;
    this.#type = type;
  }

  /** Watches the entry of this id, instead of the one before. Returns a signal of its snapshot. */
  follow(id: CacheId | null | undefined): Signal<MessageOf<Type> | undefined> {
    this.#watching?.unsubscribe();
    const snapshot = signal<MessageOf<Type> | undefined>(undefined);
    if (id === undefined || id === null) return snapshot;
    this.#watching = this.#cache.watch(this.#type, id).subscribe((current) => snapshot.set(current));
    if (this.#hasLeft) this.#watching.unsubscribe();
    return snapshot;
  }

  /** Watches nothing any more: the signals keep what they have. */
  leave(): void {
    this.#hasLeft = true;
    this.#watching?.unsubscribe();
  }
}
