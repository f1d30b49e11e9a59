import type {
  AnyMessageType,
  CacheUpdate,
  Carried,
  Handler,
  Message,
  MessageOf,
  Received,
  Subscription,
} from '@stasis-rx/core';
import type { Observable } from 'rxjs';

/** The updates that a caching topic publishes of snapshots of one type. */
export type CacheUpdateOf<Type extends AnyMessageType> = Message<{
  /** The message type of the snapshots. */
  readonly type: Type;
  /** What the cache held before; `null` for a new entry. */
  readonly oldSnapshot: MessageOf<Type> | null;
  /** What it holds now; `null` for an entry that was removed. */
  readonly newSnapshot: MessageOf<Type> | null;
}>;

/**
 * For signatures: the message type of snapshots, where a topic of `M` may carry cache updates of them, as caching topics
 * do; else a text that says it does not. Of an {@link AnyMessageType} nothing is known, so nothing is refused.
 */
export type Cached<M extends Message, Type extends AnyMessageType> =
  Message extends MessageOf<Type>
    ? Type
    : // A condition that is always true: undecided as long as the type is, so that routers can be compared.
      Carried<M, Type extends unknown ? typeof CacheUpdate : never> extends typeof CacheUpdate
      ? Type
      : Message extends M
        ? AnyMessageType
        : AnyMessageType & 'this topic carries no cache updates';

/** What the default route takes. */
export interface DefaultRouteOptions {
  /**
   * Beside subscription changes, only messages whose type has one of these formatters (R3); routes get their types as
   * ever. Default: everything.
   */
  readonly formats?: readonly string[] | undefined;
}

/**
 * One subscription with a handler for each message type (R1). It keeps all of a subscription's promises, across types:
 * order, one message at a time, one final message. Models `struct stasis_message_router`.
 *
 * The filter decides when a message is published: it is queued when some route takes its type then (R3). The routes
 * decide when its turn has come: it goes to the route of its type, else to the default route, else nowhere. Both can be
 * changed at any time, also from inside a handler (R4).
 */
export interface MessageRouter<M extends Message = Message> {
  /** The one subscription behind all routes. Its filter belongs to the router. */
  readonly subscription: Subscription;
  /** From the moment the final message is handed over (S6). */
  readonly isDone: boolean;
  /**
   * Adds the route for a message type, and the type to the filter. Models `stasis_message_router_add`.
   * @param type one whose messages the topic can carry, else it does not compile. Where you know better: a router of
   * `topic as Topic`, which takes every type; an `AnyMessageType` is taken by every router
   * @returns the router
   * @throws InvalidArgumentError when it is not a message type, or the handler not a function
   * @throws StasisError `DUPLICATE_ROUTE` when the type has a route (R5)
   */
  add<Type extends AnyMessageType>(type: Carried<M, Type>, handler: Handler<MessageOf<Type>>): this;
  /**
   * Removes the route for a message type, and the type from the filter; without one, does nothing. What is still queued
   * of the type goes to the default route, if there is one. Models `stasis_message_router_remove`.
   * @returns the router
   * @throws InvalidArgumentError when it is not a message type
   */
  remove(type: AnyMessageType): this;
  /**
   * Adds the route for the cache updates of one snapshot type: they go there, and not to a route for `CacheUpdate`, which
   * takes the updates of all other types (R2). Models `stasis_message_router_add_cache_update`.
   * @param type the message type of the snapshots; on a topic that can carry no cache updates it does not compile
   * @returns the router
   * @throws InvalidArgumentError when it is not a message type, or the handler not a function
   * @throws StasisError `DUPLICATE_ROUTE` when the snapshot type has such a route (R5)
   */
  addCacheUpdate<Type extends AnyMessageType>(type: Cached<M, Type>, handler: Handler<CacheUpdateOf<Type>>): this;
  /**
   * Removes the route for the cache updates of one snapshot type; without one, does nothing. Models
   * `stasis_message_router_remove_cache_update`.
   * @returns the router
   * @throws InvalidArgumentError when it is not a message type
   */
  removeCacheUpdate(type: AnyMessageType): this;
  /**
   * Sets, or replaces, the route for all other messages, and opens the filter to them (R3). Subscription changes come
   * here, unless they have a route; the final message always does (R4). Models `stasis_message_router_set_default`.
   * @returns the router
   * @throws InvalidArgumentError when the handler is not a function, or `formats` not an array of names
   */
  setDefault(handler: Handler<Received<M>>, options?: DefaultRouteOptions): this;
  /**
   * The route for a message type as a typed group. Observing it is a route like any other: it adds the type to the
   * filter, and the default route no longer gets it; any number of observers may share it, also with a handler that the
   * type has. Each message is emitted when its turn has come, synchronously, before that handler; what an observer does
   * with it is not waited for. Completes when the final message has been handled; observing it later completes at once.
   * @param type one whose messages the topic can carry, as for `add`
   * @throws InvalidArgumentError when it is not a message type
   */
  route<Type extends AnyMessageType>(type: Carried<M, Type>): Observable<MessageOf<Type>>;
  /** Stops new messages; what is queued is still routed, then the final message goes to the default route (S4, R4). */
  unsubscribe(): void;
  /** Waits until the final message has been handled (S6). Inside a handler, waiting for it waits for ever. */
  join(): Promise<void>;
  /** Publishes on the topic and waits until the router has handled the message, or found no route for it (T5). */
  publishSync(message: M): Promise<void>;
  /** Same as `unsubscribe`. */
  [Symbol.dispose](): void;
  /** `unsubscribe`, then `join`. */
  [Symbol.asyncDispose](): Promise<void>;
}
