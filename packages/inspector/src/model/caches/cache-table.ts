import type { CacheDescription } from '@stasis-rx/core';
import type { CacheReport } from '../../protocol/frames.js';
import type { WroteRecord } from '../../protocol/records.js';
import { CacheHistory } from './cache-history.js';

/** The caches of the bus, by the names of the topics of their updates. */
export class CacheTable {
  readonly #maxWrites: number;
  readonly #caches = new Map<string, CacheHistory>();

  /** @param maxWrites how many writes of each are kept */
  constructor(maxWrites: number) {
    this.#maxWrites = maxWrites;
  }

  all(): CacheHistory[] {
    return [...this.#caches.values()];
  }

  get(updates: string): CacheHistory | undefined {
    return this.#caches.get(updates);
  }

  describe(descriptions: readonly CacheDescription[]): void {
    for (const { topic, updates, entries } of descriptions) {
      const cache = this.#of(updates);
      cache.topic = topic;
      cache.described = entries;
    }
  }

  write(record: WroteRecord): void {
    this.#of(record.updates).write(record);
  }

  tell(report: CacheReport): void {
    this.#of(report.updates).tell(report);
  }

  #of(updates: string): CacheHistory {
    const known = this.#caches.get(updates);
    if (known !== undefined) return known;
    const cache = new CacheHistory(updates, this.#maxWrites);
    this.#caches.set(updates, cache);
    return cache;
  }
}
