import type { ModelSubscription } from '../../../core/test/properties/model.js';

/** What a router promises: which messages its subscription takes, and which handler gets them. */
export class ModelRouter {
  readonly subscription: ModelSubscription;
  /** Labels of handlers, by the name of the message type. */
  readonly #routes = new Map<string, string>();
  /** By the name of the snapshots' type. */
  readonly #cacheUpdates = new Map<string, string>();
  #default: string | undefined;
  #formats: readonly string[] | undefined;

  constructor(subscription: ModelSubscription) {
    this.subscription = subscription;
    this.#filter();
  }

  /** R5. Returns whether there was room for it. */
  add(type: string, label: string): boolean {
    return this.#addTo(this.#routes, type, label);
  }

  /** R5. Returns whether there was room for it. */
  addCacheUpdate(type: string, label: string): boolean {
    return this.#addTo(this.#cacheUpdates, type, label);
  }

  remove(type: string): void {
    this.#routes.delete(type);
    this.#filter();
  }

  removeCacheUpdate(type: string): void {
    this.#cacheUpdates.delete(type);
    this.#filter();
  }

  setDefault(label: string, formats: readonly string[] | undefined): void {
    this.#default = label;
    this.#formats = formats;
    this.#filter();
  }

  /** R2, R4: the label of the handler for the n-th message of the subscription, as the routes now are. */
  find(n: number): string | undefined {
    const { due, isSubscribed } = this.subscription;
    const isFinal = !isSubscribed && n === due.length - 1;
    if (isFinal && this.#default !== undefined) return this.#default;
    const text = due[n] ?? '';
    const snapshotType = /^update of (\w)/.exec(text)?.[1] ?? '';
    return this.#cacheUpdates.get(snapshotType) ?? this.#routes.get(typeOf(text)) ?? this.#default;
  }

  /** R3: the types that have a route, and what the default lets in. Subscription changes always come in. */
  #filter(): void {
    const isOpen = this.#default !== undefined && this.#formats === undefined;
    const types = ['SubscriptionChange', ...this.#routes.keys()];
    if (this.#cacheUpdates.size > 0) types.push('stasis_cache_update');
    this.subscription.types = isOpen ? undefined : new Set(types);
    this.subscription.formats = this.#formats && new Set(this.#formats);
  }

  #addTo(routes: Map<string, string>, type: string, label: string): boolean {
    if (routes.has(type)) return false;
    routes.set(type, label);
    this.#filter();
    return true;
  }
}

/** The message type, from how the model writes messages. */
function typeOf(text: string): string {
  const word = /^\w+/.exec(text)?.[0] ?? '';
  if (word === 'Subscribe' || word === 'Unsubscribe') return 'SubscriptionChange';
  if (word === 'update') return 'stasis_cache_update';
  return word === 'clear' ? 'stasis_cache_clear' : word;
}
