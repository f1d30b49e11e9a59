import type { Cache, CacheId } from '@stasis-rx/core';
import { defer, finalize, type Observable } from 'rxjs';

/**
 * Looks at who watches a cache from now on.
 *
 * @returns counts those who do at the time of the call: of one id, or of the whole cache
 */
export function watchersOf(cache: Cache): (id?: CacheId) => number {
  const watched: (CacheId | undefined)[] = [];
  const counted = <T>(source: Observable<T>, id?: CacheId): Observable<T> =>
    defer(() => {
      watched.push(id);
      return source.pipe(finalize(() => watched.splice(watched.indexOf(id), 1)));
    });
  const watch = cache.watch.bind(cache);
  const changes = cache.changes.bind(cache);
  cache.watch = (type, id) => counted(watch(type, id), id);
  cache.changes = (type) => counted(changes(type));
  return (id) => watched.filter((other) => id === undefined || id === other).length;
}
