import type { TopicDescription, TopicStatistics } from '@stasis-rx/core';
import { TopicRow } from './topic-row.js';

/** The topics of the bus. Those that have ended are forgotten when it is described anew. */
export class TopicTable {
  readonly #rows = new Map<string, TopicRow>();

  get size(): number {
    return this.#rows.size;
  }

  get(name: string): TopicRow | undefined {
    return this.#rows.get(name);
  }

  all(): TopicRow[] {
    return [...this.#rows.values()];
  }

  of(name: string): TopicRow {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const row = new TopicRow(name);
    this.#rows.set(name, row);
    return row;
  }

  describe(descriptions: readonly TopicDescription[]): void {
    const living = new Set(descriptions.map(({ name }) => name));
    for (const name of this.#rows.keys()) if (!living.has(name)) this.#rows.delete(name);
    for (const description of descriptions) this.of(description.name).description = description;
  }

  count(statistics: readonly TopicStatistics[], at: number): void {
    for (const counted of statistics) this.of(counted.name).count(counted, at);
  }
}
