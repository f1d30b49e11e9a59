'use client';

// The bus
export { BusProvider } from './bus-provider.js';
export type { BusProviderProps } from './bus-provider.js';
export { useBus } from './use-bus.js';
export { useBusStatistics } from './use-bus-statistics.js';

// Topics
export { useTopic } from './use-topic.js';
export { useLatest } from './use-latest.js';
export type { UseLatestOptions } from './use-latest.js';
export { useMessages } from './use-messages.js';
export type { UseMessagesOptions } from './use-messages.js';

// Caches
export { useCached } from './use-cached.js';
export type { CacheReadOptions } from './use-cached.js';
export { useCacheEntries } from './use-cache-entries.js';
