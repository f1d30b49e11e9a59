import { CacheUpdate, type AnyMessageType, type Handler, type Message } from '@stasis-rx/core';
import { EMPTY, type Observable } from 'rxjs';
import { GroupTable } from './group-table.js';
import { Route } from './route.js';

/** Where a router's messages go: to the group of their type, else to the default route. */
export class RouteTable {
  /** Takes the groups that nobody claims. */
  default: Handler | undefined;
  readonly #routes = new GroupTable((type) => new Route(type));
  /** Cache updates, parted by the type of the snapshots. */
  readonly #cacheUpdates = new GroupTable((type) => new Route(type));
  #isEnded = false;

  has(type: AnyMessageType): boolean {
    return this.#routes.find(type)?.handler !== undefined;
  }

  /** The types that some route takes. */
  types(): AnyMessageType[] {
    const types = Array.from(this.#routes.all, ({ type }) => type);
    return this.#cacheUpdates.size > 0 ? [...types, CacheUpdate] : types;
  }

  set(type: AnyMessageType, handler: Handler): void {
    this.#routes.open(type).handler = handler;
  }

  delete(type: AnyMessageType): void {
    const route = this.#routes.find(type);
    if (route !== undefined) route.handler = undefined;
  }

  hasCacheUpdate(type: AnyMessageType): boolean {
    return this.#cacheUpdates.find(type) !== undefined;
  }

  setCacheUpdate(type: AnyMessageType, handler: Handler): void {
    this.#cacheUpdates.open(type).handler = handler;
  }

  deleteCacheUpdate(type: AnyMessageType): void {
    this.#cacheUpdates.close(type);
  }

  /** The messages of a type, each before the type's handler gets it; completes with the table. */
  group(type: AnyMessageType): Observable<Message> {
    return this.#isEnded ? EMPTY : this.#routes.open(type).messages;
  }

  /** Forgets a type that nobody claims any more. Returns whether nothing takes the type. */
  release(type: AnyMessageType): boolean {
    if (this.#routes.find(type)?.isClaimed === true) return false;
    this.#routes.close(type);
    return type.identity !== CacheUpdate.identity || this.#cacheUpdates.size === 0;
  }

  /**
   * The handler for a message. The final message goes to the default route, whatever other routes there are (R4); a
   * cache update to the route for its snapshots' type, else to the one for cache updates, else to the default (R2).
   */
  find(message: Message, isFinal: boolean): Handler | undefined {
    if (this.#cacheUpdates.size > 0 && CacheUpdate.is(message)) {
      const route = this.#cacheUpdates.find(message.data.type);
      if (route !== undefined) return route.handle;
    }
    const route = this.#routes.find(message.type);
    if (route === undefined || (isFinal && this.default !== undefined)) return this.default;
    return route.handle;
  }

  /** Nothing more will come: completes the groups. */
  end(): void {
    this.#isEnded = true;
    for (const route of this.#routes.all) route.end();
  }
}
