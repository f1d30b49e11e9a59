import {
  CacheUpdate,
  StasisError,
  subscribe,
  SubscriptionChange,
  tellRoute,
  type AnyMessageType,
  type Handler,
  type Message,
  type Received,
  type SubscribeOptions,
  type Subscription,
  type Topic,
} from '@stasis-rx/core';
import { defer, finalize, type Observable } from 'rxjs';
import { assertFormats, assertFunction, assertType } from './assert.js';
import type { DefaultRouteOptions, MessageRouter } from './message-router.js';
import { RouteTable } from './route-table.js';

/** The class behind {@link MessageRouter}. */
export class LiveMessageRouter<M extends Message> implements MessageRouter<M> {
  readonly subscription: Subscription;
  readonly #routes = new RouteTable();
  /** Whether a default route has opened the filter to everything. */
  #isOpen = false;

  constructor(topic: Topic<M>, options: SubscribeOptions) {
    const routes = this.#routes;
    const handler: Handler = (message, origin, subscription) =>
      routes.find(message, subscription.isFinal(message))?.(message, origin, subscription);
    this.subscription = subscribe(topic, handler, {
      ...options,
      name: options.name ?? `router(${topic.name})`,
      // From the start, and for good: under a filter by type the final message passes only with this type (S8).
      accept: [SubscriptionChange],
      onFinal: (final) => {
        routes.end();
        return options.onFinal?.(final);
      },
    });
  }

  get isDone(): boolean {
    return this.subscription.isDone;
  }

  add(type: AnyMessageType, handler: Handler<never>): this {
    assertType('[router] add()', type);
    assertFunction('[router] add()', 'handler', handler);
    if (this.#routes.has(type)) throw duplicateRoute('add', `"${type.name}"`);
    this.#routes.set(type, handler as Handler);
    this.#accept(type);
    tellRoute(this.subscription, 'added', type.name);
    return this;
  }

  remove(type: AnyMessageType): this {
    assertType('[router] remove()', type);
    if (this.#routes.has(type)) tellRoute(this.subscription, 'removed', type.name);
    this.#routes.delete(type);
    this.#release(type);
    return this;
  }

  addCacheUpdate(type: AnyMessageType, handler: Handler<never>): this {
    assertType('[router] addCacheUpdate()', type);
    assertFunction('[router] addCacheUpdate()', 'handler', handler);
    if (this.#routes.hasCacheUpdate(type)) throw duplicateRoute('addCacheUpdate', `the cache update of "${type.name}"`);
    this.#routes.setCacheUpdate(type, handler as Handler);
    this.#accept(CacheUpdate);
    tellRoute(this.subscription, 'added', cacheUpdateOf(type));
    return this;
  }

  removeCacheUpdate(type: AnyMessageType): this {
    assertType('[router] removeCacheUpdate()', type);
    if (this.#routes.hasCacheUpdate(type)) tellRoute(this.subscription, 'removed', cacheUpdateOf(type));
    this.#routes.deleteCacheUpdate(type);
    this.#release(CacheUpdate);
    return this;
  }

  setDefault(handler: Handler<Received<M>>, { formats }: DefaultRouteOptions = {}): this {
    assertFunction('[router] setDefault()', 'handler', handler);
    if (formats !== undefined) assertFormats('[router] setDefault()', formats);
    if (this.#routes.default === undefined) tellRoute(this.subscription, 'added', 'default');
    this.#routes.default = handler as Handler;
    this.#isOpen = formats === undefined;
    if (formats === undefined) {
      this.subscription.acceptAll();
    } else {
      this.subscription.accept(SubscriptionChange, ...this.#routes.types());
      this.subscription.acceptFormats(...formats);
    }
    return this;
  }

  route(type: AnyMessageType): Observable<never> {
    assertType('[router] route()', type);
    const group = defer(() => {
      this.#accept(type);
      tellRoute(this.subscription, 'added', type.name);
      return this.#routes.group(type);
    });
    const leave = (): void => {
      tellRoute(this.subscription, 'removed', type.name);
      this.#release(type);
    };
    return group.pipe(finalize(leave)) as Observable<never>;
  }

  unsubscribe(): void {
    this.subscription.unsubscribe();
  }

  join(): Promise<void> {
    return this.subscription.join();
  }

  publishSync(message: M): Promise<void> {
    return this.subscription.publishSync(message);
  }

  [Symbol.dispose](): void {
    this.unsubscribe();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.subscription[Symbol.asyncDispose]();
  }

  #accept(type: AnyMessageType): void {
    if (!this.#isOpen) this.subscription.accept(type);
  }

  /** Declines a type that no route takes any more. */
  #release(type: AnyMessageType): void {
    if (this.#routes.release(type) && type.identity !== SubscriptionChange.identity) this.subscription.decline(type);
  }
}

/** The name of a route for cache updates. */
function cacheUpdateOf({ name }: AnyMessageType): string {
  return `${CacheUpdate.name} of ${name}`;
}

function duplicateRoute(call: string, subject: string): StasisError {
  return new StasisError(
    'DUPLICATE_ROUTE',
    `[router] ${call}(): ${subject} has a route already. Remove that one first.`,
  );
}
