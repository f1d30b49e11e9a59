import type { TopicDescription, TopicStatistics } from '@stasis-rx/core';
import { CountedRate } from '../ground/counted-rate.js';
import { RateMeter } from '../ground/rate-meter.js';

/** A topic, as far as it is known. */
export class TopicRow {
  readonly name: string;
  description: TopicDescription | undefined;
  statistics: TopicStatistics | undefined;
  /** Messages that records told of. */
  published = 0;
  readonly #rate = new RateMeter();
  readonly #counted = new CountedRate();

  constructor(name: string) {
    this.name = name;
  }

  /** How many messages were published on it, all in all. */
  get allPublished(): number {
    const { dispatched = 0, notDispatched = 0 } = this.statistics ?? {};
    return Math.max(dispatched + notDispatched, this.published);
  }

  /** Messages a second that are published on it. */
  rate(now: number): number {
    return this.#counted.perSecond(now) ?? this.#rate.perSecond(now);
  }

  count(statistics: TopicStatistics, at: number): void {
    this.statistics = statistics;
    this.#counted.tell(statistics.dispatched + statistics.notDispatched, at);
  }

  publish(at: number): void {
    this.published++;
    this.#rate.add(at);
  }
}
