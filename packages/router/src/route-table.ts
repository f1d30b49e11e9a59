import { CacheUpdate, type AnyMessageType, type Handler, type Message } from '@stasis-rx/core';
import { EMPTY, Observable, Subject } from 'rxjs';

/** Where a router's messages go: one lookup a message, however many routes there are. */
export class RouteTable {
  default: Handler | undefined;
  /** By identity of the type. A route stands here only while it has a handler or an observer. */
  readonly #routes = new Map<unknown, Route>();
  /** The handlers for cache updates, by identity of the snapshots' type. */
  readonly #cacheUpdates = new Map<unknown, Handler>();
  #isEnded = false;

  has(type: AnyMessageType): boolean {
    return this.#routes.get(type.identity)?.handler !== undefined;
  }

  /** The types that some route takes. */
  types(): AnyMessageType[] {
    const types = [...this.#routes.values()].map(({ type }) => type);
    return this.#cacheUpdates.size > 0 ? [...types, CacheUpdate] : types;
  }

  set(type: AnyMessageType, handler: Handler): void {
    this.#routeOf(type).handler = handler;
  }

  delete(type: AnyMessageType): void {
    const route = this.#routes.get(type.identity);
    if (route !== undefined) route.handler = undefined;
  }

  hasCacheUpdate(type: AnyMessageType): boolean {
    return this.#cacheUpdates.has(type.identity);
  }

  setCacheUpdate(type: AnyMessageType, handler: Handler): void {
    this.#cacheUpdates.set(type.identity, handler);
  }

  deleteCacheUpdate(type: AnyMessageType): void {
    this.#cacheUpdates.delete(type.identity);
  }

  /** The messages of a type, each before the type's handler gets it; completes with the table. */
  group(type: AnyMessageType): Observable<Message> {
    return this.#isEnded ? EMPTY : apart((this.#routeOf(type).group ??= new Subject<Message>()));
  }

  /** Forgets a type that has neither a handler nor an observer. Returns whether nothing takes the type. */
  release(type: AnyMessageType): boolean {
    const route = this.#routes.get(type.identity);
    if (route?.isInUse === true) return false;
    this.#routes.delete(type.identity);
    return type.identity !== CacheUpdate.identity || this.#cacheUpdates.size === 0;
  }

  /**
   * The handler for a message. The final message goes to the default route, whatever other routes there are (R4); a
   * cache update to the route for its snapshots' type, else to the one for cache updates, else to the default (R2).
   */
  find(message: Message, isFinal: boolean): Handler | undefined {
    if (this.#cacheUpdates.size > 0 && CacheUpdate.is(message)) {
      const handler = this.#cacheUpdates.get(message.data.type.identity);
      if (handler !== undefined) return handler;
    }
    const route = this.#routes.get(message.type.identity);
    if (route === undefined || (isFinal && this.default !== undefined)) return this.default;
    return route.handle;
  }

  /** Nothing more will come: completes the groups. */
  end(): void {
    this.#isEnded = true;
    for (const { group } of this.#routes.values()) group?.complete();
  }

  #routeOf(type: AnyMessageType): Route {
    const known = this.#routes.get(type.identity);
    if (known !== undefined) return known;
    const route = new Route(type);
    this.#routes.set(type.identity, route);
    return route;
  }
}

/** What one type's messages go to: a handler, the observers of a group, or both. */
class Route {
  readonly type: AnyMessageType;
  handler: Handler | undefined;
  group: Subject<Message> | undefined;

  constructor(type: AnyMessageType) {
    this.type = type;
  }

  get isInUse(): boolean {
    return this.handler !== undefined || this.group?.observed === true;
  }

  readonly handle: Handler = (message, topic, subscription) => {
    this.group?.next(message);
    return this.handler?.(message, topic, subscription);
  };
}

/**
 * The same, but what fails in an observer goes where RxJS reports an unhandled error, also out of a teardown (T6): RxJS
 * contains what an observer object throws, and lets through what a subscriber throws, so the others would learn of nothing.
 */
function apart(group: Observable<Message>): Observable<Message> {
  return new Observable((subscriber) =>
    group.subscribe({
      next: (message) => {
        subscriber.next(message);
      },
      complete: () => {
        subscriber.complete();
      },
    }),
  );
}
