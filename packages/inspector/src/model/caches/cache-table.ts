import type { BusDescription } from '@stasis-rx/core';
import type { CacheReport } from '../../protocol/frames.js';
import type { WroteRecord } from '../../protocol/records.js';
import { CacheHistory } from './cache-history.js';

/** The caches of the bus, by the names of the topics of their updates, and the states of its managers, by their topics' names. */
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

  /** What a recording of others does not say is not there. */
  describe({ caches = [], states = [] }: Partial<Pick<BusDescription, 'caches' | 'states'>>): void {
    for (const { topic, updates, entries } of caches) this.#describe(topic, updates, entries);
    for (const { topic, states: count } of states) this.#describe(topic, topic, count);
  }

  write(record: WroteRecord): void {
    this.#of(record.updates).write(record);
  }

  tell(report: CacheReport): void {
    this.#of(report.updates).tell(report);
  }

  #describe(topic: string, updates: string, entries: number): void {
    const cache = this.#of(updates);
    cache.topic = topic;
    cache.described = entries;
  }

  #of(updates: string): CacheHistory {
    const known = this.#caches.get(updates);
    if (known !== undefined) return known;
    const cache = new CacheHistory(updates, this.#maxWrites);
    this.#caches.set(updates, cache);
    return cache;
  }
}
