import type { AnyMessageType, Cache, MessageOf } from '@stasis-rx/core';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { assertCacheRead } from './assert.js';
import { sameElements } from './same.js';
import type { CacheReadOptions } from './use-cached.js';
import { whenChanged } from './when-changed.js';

/**
 * Hook: all snapshots of a type that a cache holds of the local entity, in the order in which their ids came. The array
 * stays the same one, and is frozen, until one of them changes; then the component is rendered again. No change is lost
 * between rendering and subscribing, and all components that are rendered together see the same. A state: React may skip
 * arrays between two renders. Each change costs O(entries): for many, give a `dispatcher`.
 *
 * @param cache made by `createCache`
 * @param type the message type of the snapshots
 * @throws InvalidArgumentError while rendering, when there is no cache or type, or the dispatcher is no function
 * @example
 * const channels = useCacheEntries(cache, ChannelSnapshot);
 * return <ul>{channels.map(({ data }) => <li key={data.id}>{data.state}</li>)}</ul>;
 */
export function useCacheEntries<Type extends AnyMessageType>(
  cache: Cache,
  type: Type,
  { dispatcher, serverSnapshot = NONE }: CacheReadOptions<readonly MessageOf<Type>[]> = {},
): readonly MessageOf<Type>[] {
  assertCacheRead('[react] useCacheEntries()', cache, type, dispatcher);
  const subscribe = useCallback(
    (tell: () => void) => whenChanged(cache.changes(type), dispatcher, tell),
    [cache, type, dispatcher],
  );
  const read = useMemo(() => stableDump(cache, type), [cache, type]);
  return useSyncExternalStore(subscribe, read, () => serverSnapshot);
}

const NONE: readonly never[] = [];

/** Reads all entries: the same array as long as they are the same. */
function stableDump<Type extends AnyMessageType>(cache: Cache, type: Type): () => readonly MessageOf<Type>[] {
  let last: readonly MessageOf<Type>[] = NONE;
  return () => {
    const now = cache.dump(type);
    if (!sameElements(now, last)) last = Object.freeze(now);
    return last;
  };
}
