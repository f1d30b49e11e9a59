import type { SubscriptionDescription, SubscriptionStatistics } from '@stasis-rx/core';
import { CountedRate } from '../ground/counted-rate.js';
import { Histogram } from '../ground/histogram.js';
import { RateMeter } from '../ground/rate-meter.js';
import { handledMs, waitedMs, type Delivery } from '../messages/message-row.js';
import type { DeliveryRecord } from '../messages/delivery-record.js';
import { Series } from './series.js';
import { SlowestTypes } from './slowest-types.js';

/** So long ago something has happened lately. */
const LATELY_MS = 10_000;

/** A subscription, as far as it is known: from what was told of it, and from its messages. */
export class SubscriptionRow {
  readonly id: string;
  name: string;
  topic: string;
  description: SubscriptionDescription | undefined;
  statistics: SubscriptionStatistics | undefined;
  /** Whether it takes no more messages. */
  isDone = false;
  isPaused = false;
  /** How many messages wait in its mailbox now. */
  depth = 0;
  /** The most that were told of to wait there. */
  maxDepth = 0;
  /** What its records told of: all that has happened since they came. */
  handled = 0;
  failed = 0;
  dropped = 0;
  /** The last failure, in words. */
  lastError: string | undefined;
  readonly waits: Histogram = new Histogram();
  readonly handlings: Histogram = new Histogram();
  readonly series: Series = new Series();
  readonly slowest: SlowestTypes = new SlowestTypes();
  readonly #rate = new RateMeter();
  readonly #counted = new CountedRate();
  #failedAt = -Infinity;
  #droppedAt = -Infinity;

  constructor(id: string) {
    this.id = id;
    this.name = id;
    // Ids are made of the topic's name, `#`, and a number.
    this.topic = id.replace(/#\d+$/, '');
  }

  /** Above high water, as far as is known (S10). */
  get isCongested(): boolean {
    return this.depth > this.highWater;
  }

  get highWater(): number {
    return this.description?.highWater ?? this.statistics?.highWater ?? Infinity;
  }

  hasFailedLately(now: number): boolean {
    return now - this.#failedAt < LATELY_MS;
  }

  hasDroppedLately(now: number): boolean {
    return now - this.#droppedAt < LATELY_MS;
  }

  /** How many messages it has had no room for, all in all. */
  get allDropped(): number {
    return Math.max(this.statistics?.dropped ?? 0, this.dropped);
  }

  /** Messages a second that it was given. */
  rate(now: number): number {
    return this.#counted.perSecond(now) ?? this.#rate.perSecond(now);
  }

  describe(description: SubscriptionDescription): void {
    this.description = description;
    this.name = description.name;
    this.topic = description.topic;
    this.isPaused = description.isPaused;
    this.isDone = false;
  }

  count(statistics: SubscriptionStatistics, at: number): void {
    if (statistics.dropped > (this.statistics?.dropped ?? Infinity)) this.#droppedAt = at;
    this.statistics = statistics;
    this.name = statistics.name;
    this.topic = statistics.topic;
    this.isDone = false;
    this.depth = statistics.depth;
    this.series.depth(statistics.depth, at);
    this.#counted.tell(statistics.passed, at);
  }

  /** @param delivery all that is known of it, with this; `undefined` when the message is no longer kept */
  note(record: DeliveryRecord, delivery: Delivery | undefined, type: string | undefined): void {
    const { at } = record;
    if (record.is === 'queued') this.#queued(record.depth, at);
    else if (record.is === 'dropped') this.#drop(at);
    else if (record.is === 'began') this.#began(at, delivery);
    else this.#ended(at, record.error, delivery, type);
  }

  #queued(depth: number, at: number): void {
    this.#rate.add(at);
    this.depth = depth;
    this.maxDepth = Math.max(this.maxDepth, depth);
    this.series.depth(depth, at);
  }

  /** Another one came for which there was no room, and told how many wait then. */
  #drop(at: number): void {
    this.dropped++;
    this.#droppedAt = at;
    this.series.dropped(at);
  }

  #began(at: number, delivery: Delivery | undefined): void {
    if (delivery?.queuedAt === undefined) this.#rate.add(at);
    else this.#taken(at);
    const waited = delivery === undefined ? undefined : waitedMs(delivery);
    if (waited === undefined) return;
    this.waits.add(waited);
    this.series.waited(waited, at);
  }

  #ended(at: number, error: string | undefined, delivery: Delivery | undefined, type: string | undefined): void {
    this.handled++;
    if (error !== undefined) this.#fail(error, at);
    const ms = delivery === undefined ? undefined : handledMs(delivery);
    if (ms === undefined) return;
    this.handlings.add(ms);
    this.series.handled(ms, at, error !== undefined);
    if (type !== undefined) this.slowest.add(type, ms);
  }

  #fail(error: string, at: number): void {
    this.failed++;
    this.#failedAt = at;
    this.lastError = error;
  }

  /** One has left the mailbox. */
  #taken(at: number): void {
    this.depth = Math.max(0, this.depth - 1);
    this.series.depth(this.depth, at);
  }
}
