import { createBus, createCache, createCachingTopic, messageType } from '@stasis-rx/core';
import type { Bus, Cache, CachingTopic, Message, Topic } from '@stasis-rx/core';
import { Observable } from 'rxjs';

interface CallData {
  readonly id: string;
  readonly state: string;
}

/** A snapshot of a call. */
export const Call = messageType<CallData>('call');

export const call = (id: string, state: string): Message<CallData> => Call({ id, state });

/** A topic of calls that fills a cache. */
export function cachedCalls(): { bus: Bus; calls: Topic; cache: Cache; cached: CachingTopic } {
  const bus = createBus();
  const calls = bus.topic('calls');
  const cache = createCache({ id: (message) => (Call.is(message) ? message.data.id : undefined) });
  return { bus, calls, cache, cached: createCachingTopic(calls, cache) };
}

/** How many watch or follow a cache. It tells nobody, so they are counted as they come and go. */
export function countReaders(cache: Cache): () => number {
  let count = 0;
  const counting = <Value>(source$: Observable<Value>): Observable<Value> =>
    new Observable((subscriber) => {
      count++;
      subscriber.add(() => count--);
      return source$.subscribe(subscriber);
    });
  const watch = cache.watch.bind(cache);
  const changes = cache.changes.bind(cache);
  jest.spyOn(cache, 'watch').mockImplementation((type, id) => counting(watch(type, id)));
  jest.spyOn(cache, 'changes').mockImplementation((type) => counting(changes(type)));
  return () => count;
}
