import type { SubscriptionDescription, SubscriptionStatistics } from '@stasis-rx/core';
import type { ChangedRecord } from '../../protocol/records.js';
import { SubscriptionRow } from './subscription-row.js';

/** How many of those that are done are kept, so that what is told of them can still be looked at. */
const DONE_KEPT = 500;

/** The subscriptions of the bus, in the order in which they were heard of. */
export class SubscriptionTable {
  readonly #rows = new Map<string, SubscriptionRow>();
  #done: string[] = [];

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): SubscriptionRow | undefined {
    return this.#rows.get(id);
  }

  all(): SubscriptionRow[] {
    return [...this.#rows.values()];
  }

  /** Those that are not done. */
  living(): SubscriptionRow[] {
    return this.all().filter(({ isDone }) => !isDone);
  }

  /** Known from now on. */
  of(id: string): SubscriptionRow {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const row = new SubscriptionRow(id);
    this.#rows.set(id, row);
    return row;
  }

  /** What is not described is done. */
  describe(descriptions: readonly SubscriptionDescription[]): void {
    const living = new Set(descriptions.map(({ id }) => id));
    for (const row of this.#rows.values()) if (!living.has(row.id)) this.#end(row);
    for (const description of descriptions) this.of(description.id).describe(description);
  }

  count(statistics: readonly SubscriptionStatistics[], at: number): void {
    for (const counted of statistics) this.of(counted.id).count(counted, at);
  }

  change({ kind, subscription }: ChangedRecord): void {
    const row = subscription === undefined ? undefined : this.#rows.get(subscription);
    if (row === undefined) return;
    if (kind === 'done') this.#end(row);
    if (kind === 'paused') row.isPaused = true;
    if (kind === 'resumed') row.isPaused = false;
  }

  #end(row: SubscriptionRow): void {
    if (row.isDone) return;
    row.isDone = true;
    row.depth = 0;
    this.#done.push(row.id);
    if (this.#done.length < DONE_KEPT * 2) return;
    for (const id of this.#done.splice(0, DONE_KEPT)) if (this.#rows.get(id)?.isDone === true) this.#rows.delete(id);
  }
}
