import { assertFunction } from '../errors/assert.js';
import type { AggregateOptions, CacheOptions } from './cache-options.js';
import type { Cache } from './cache.js';
import { LiveCache } from './live-cache.js';

/**
 * Makes a cache. It fills when caching topics write to it (C7); it belongs to no bus. Models `stasis_cache_create`.
 *
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * const cache = createCache({ id: (message) => (ChannelSnapshot.is(message) ? message.data.id : undefined) });
 * const cached = createCachingTopic(channels, cache);
 */
export function createCache(options: CacheOptions): Cache {
  const call = 'createCache';
  const { id, aggregate } = (options as CacheOptions | undefined) ?? {};
  assertFunction(call, 'id', id);
  if (aggregate !== undefined) {
    const { compute, publish = compute } = Object(aggregate) as Partial<AggregateOptions>;
    assertFunction(call, 'aggregate.compute', compute);
    assertFunction(call, 'aggregate.publish', publish);
  }
  return new LiveCache(options);
}
