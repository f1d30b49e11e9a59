import type { AnyMessageType, Cache, CacheId, Dispatcher, MessageOf } from '@stasis-rx/core';
import { useCallback, useSyncExternalStore } from 'react';
import { skip } from 'rxjs';
import { assertCacheRead } from './assert.js';
import { whenChanged } from './when-changed.js';

/** How {@link useCached} and `useCacheEntries` read. */
export interface CacheReadOptions<Snapshot> {
  /**
   * When the component is told of changes, once for many of them: for instance once a frame. Default: at each change, at once.
   * One that throws or rejects stops nothing: that is reported where RxJS reports an unhandled error, as a `StasisError` with
   * code `DISPATCHER`, and the component is told in a microtask (S9).
   */
  readonly dispatcher?: Dispatcher | undefined;
  /** What is rendered on a server, and again while that is hydrated; the same on both sides. Default: nothing. */
  readonly serverSnapshot?: Snapshot | undefined;
}

/**
 * Hook: the snapshot that a cache holds of an id, of the local entity; `undefined` when there is none. The component is
 * rendered again when it has changed. No change is lost between rendering and subscribing, and all components that are
 * rendered together see the same. A state: React may skip values between two renders.
 *
 * @param cache made by `createCache`
 * @param type the message type of the snapshots
 * @param id whose snapshot; it may be another one at each render
 * @throws InvalidArgumentError while rendering, when there is no cache or type, or the dispatcher is no function
 * @example
 * const channel = useCached(cache, ChannelSnapshot, id);
 * return <td>{channel?.data.state ?? 'gone'}</td>;
 */
export function useCached<Type extends AnyMessageType>(
  cache: Cache,
  type: Type,
  id: CacheId,
  { dispatcher, serverSnapshot }: CacheReadOptions<MessageOf<Type>> = {},
): MessageOf<Type> | undefined {
  assertCacheRead('[react] useCached()', cache, type, dispatcher);
  const subscribe = useCallback(
    (tell: () => void) => whenChanged(cache.watch(type, id).pipe(skip(1)), dispatcher, tell),
    [cache, type, id, dispatcher],
  );
  return useSyncExternalStore(
    subscribe,
    () => cache.get(type, id),
    () => serverSnapshot,
  );
}
