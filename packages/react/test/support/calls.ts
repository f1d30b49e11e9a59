import { createBus, createCache, createCachingTopic, messageType } from '@stasis-rx/core';
import type { Bus, Cache, CachingTopic, Message, Topic } from '@stasis-rx/core';

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
  for (const method of ['watch', 'changes'] as const) {
    const original = (cache[method] as (...args: unknown[]) => ReturnType<Cache['changes']>).bind(cache);
    jest.spyOn(cache, method).mockImplementation((...args: unknown[]) => {
      const source$ = original(...args);
      return new (source$.constructor as typeof import('rxjs').Observable)((subscriber) => {
        count++;
        subscriber.add(() => count--);
        return source$.subscribe(subscriber as never);
      }) as never;
    });
  }
  return () => count;
}
