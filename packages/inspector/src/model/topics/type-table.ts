import type { MessageTypeStatistics } from '@stasis-rx/core';
import { CountedRate } from '../ground/counted-rate.js';
import { RateMeter } from '../ground/rate-meter.js';

/** A message type, as far as it is known. Two types of one name are one here. */
export class TypeRow {
  readonly name: string;
  statistics: MessageTypeStatistics | undefined;
  /** Messages that records told of. */
  published = 0;
  readonly #rate = new RateMeter();
  readonly #counted = new CountedRate();

  constructor(name: string) {
    this.name = name;
  }

  get allPublished(): number {
    return Math.max(this.statistics?.published ?? 0, this.published);
  }

  rate(now: number): number {
    return this.#counted.perSecond(now) ?? this.#rate.perSecond(now);
  }

  count(statistics: MessageTypeStatistics, at: number): void {
    this.statistics = statistics;
    this.#counted.tell(statistics.published, at);
  }

  publish(at: number): void {
    this.published++;
    this.#rate.add(at);
  }
}

/** The message types of which something was published. */
export class TypeTable {
  readonly #rows = new Map<string, TypeRow>();

  all(): TypeRow[] {
    return [...this.#rows.values()];
  }

  of(name: string): TypeRow {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    const row = new TypeRow(name);
    this.#rows.set(name, row);
    return row;
  }

  count(statistics: readonly MessageTypeStatistics[], at: number): void {
    for (const counted of sumsByName(statistics)) this.of(counted.name).count(counted, at);
  }
}

function sumsByName(statistics: readonly MessageTypeStatistics[]): Iterable<MessageTypeStatistics> {
  const sums = new Map<string, MessageTypeStatistics>();
  for (const { name, published, unused } of statistics) {
    const known = sums.get(name);
    const [before, unusedBefore] = [known?.published ?? 0, known?.unused ?? 0];
    sums.set(name, { name, published: before + published, unused: unusedBefore + unused });
  }
  return sums.values();
}
