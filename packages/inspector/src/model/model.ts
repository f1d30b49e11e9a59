import type { BusDescription, BusStatistics } from '@stasis-rx/core';
import type { HelloReport, MessageReport, RefusedReport, Report, SnapshotReport } from '../protocol/frames.js';
import type { ChangedRecord, InspectorRecord } from '../protocol/records.js';
import { CacheTable } from './caches/cache-table.js';
import { BoundedList } from './ground/bounded-list.js';
import { MessageTable } from './messages/message-table.js';
import { Recorder } from './recording/recorder.js';
import { SubscriptionTable } from './subscriptions/subscription-table.js';
import { PeerTable } from './topics/peer-table.js';
import { TopicTable } from './topics/topic-table.js';
import { TypeTable } from './topics/type-table.js';

/** How much a model keeps. */
export interface ModelOptions {
  /** Messages at most. Default: 100,000. */
  readonly maxMessages?: number;
  /** Characters of what was received of messages, about, at most. Default: 64 million. */
  readonly maxCharacters?: number;
  /** Writes of each cache at most. Default: 10,000. */
  readonly maxWrites?: number;
  /** Happenings that are no messages, at most. Default: 2,000. */
  readonly maxChanges?: number;
  /** Keeps the records while it runs. Default: one of its own. */
  readonly recorder?: Recorder;
}

/**
 * What an inspected bus has told, folded into what is shown of it. To apply a report of n records costs O(n), however much
 * is kept. Nothing of it is copied for those who look: what is read is live.
 */
export class Model {
  readonly messages: MessageTable;
  readonly subscriptions: SubscriptionTable = new SubscriptionTable();
  readonly topics: TopicTable = new TopicTable();
  readonly types: TypeTable = new TypeTable();
  readonly peers: PeerTable = new PeerTable();
  readonly caches: CacheTable;
  /** The last happenings that are no messages. */
  readonly changes: BoundedList<ChangedRecord> = new BoundedList<ChangedRecord>();
  readonly recorder: Recorder;
  hello: HelloReport | undefined;
  description: BusDescription | undefined;
  /** Counts up whenever the bus is described anew. */
  descriptions = 0;
  statistics: BusStatistics | undefined;
  /** The latest moment that was told of: milliseconds since the Unix epoch. */
  now = 0;
  /** How many records are known to have been lost. */
  lost = 0;
  /** How many records were taken. */
  records = 0;
  /** The last request that was refused. */
  refused: RefusedReport | undefined;
  /** The last answer to `message`. */
  answer: MessageReport | undefined;
  readonly #maxChanges: number;
  /** When the last record was that was taken. */
  #lastRecord = -Infinity;

  constructor(options: ModelOptions = {}) {
    const { maxMessages = 100_000, maxCharacters = 64e6, maxWrites = 10_000, maxChanges = 2_000 } = options;
    this.messages = new MessageTable({ messages: maxMessages, characters: maxCharacters });
    this.caches = new CacheTable(maxWrites);
    this.recorder = options.recorder ?? new Recorder();
    this.#maxChanges = maxChanges;
  }

  /**
   * Takes a report. Of the records of a snapshot those are taken that are later than all that were taken before.
   * @param characters how long it was as a text, where that is known; what is kept is bounded by it
   */
  apply(report: Report, characters = 0): void {
    switch (report.is) {
      case 'records':
        this.#take(report.records, report.lost ?? 0, characters);
        break;
      case 'statistics':
        this.#count(report.statistics, report.at);
        break;
      case 'description':
        this.#describe(report.description, report.at);
        break;
      case 'snapshot':
        this.#stand(report, characters);
        break;
      case 'hello':
        this.#meet(report);
        break;
      case 'cache':
        this.caches.tell(report);
        break;
      case 'message':
        this.answer = report;
        break;
      case 'refused':
        this.refused = report;
    }
  }

  #meet(hello: HelloReport): void {
    this.hello = hello;
    this.peers.exclude(hello.bus.eid);
  }

  #stand({ at, description, statistics, records, lost }: SnapshotReport, characters: number): void {
    this.#describe(description, at);
    const last = this.#lastRecord;
    this.#take(
      records.filter((record) => record.at > last),
      lost,
      characters,
    );
    // The records tell of parts, too, that are no longer there.
    this.#describe(description, at);
    this.#count(statistics, at);
  }

  #describe(description: BusDescription, at: number): void {
    this.#reach(at);
    this.description = description;
    this.descriptions++;
    this.recorder.description = description;
    this.topics.describe(description.topics);
    this.subscriptions.describe(description.subscriptions);
    this.caches.describe(description);
  }

  #count(statistics: BusStatistics, at: number): void {
    this.#reach(at);
    this.statistics = statistics;
    this.topics.count(statistics.topics, at);
    this.subscriptions.count(statistics.subscriptions, at);
    this.types.count(statistics.messageTypes, at);
  }

  #take(records: readonly InspectorRecord[], lost: number, characters: number): void {
    this.lost += lost;
    this.recorder.lose(lost);
    this.records += records.length;
    const each = records.length === 0 ? 0 : characters / records.length;
    for (const record of records) {
      this.recorder.add(record);
      this.#reach(record.at);
      this.#lastRecord = record.at;
      this.#record(record, each);
    }
  }

  #record(record: InspectorRecord, characters: number): void {
    if (record.is === 'published') {
      this.messages.publish(record, characters);
      this.topics.of(record.topic).publish(record.at);
      this.types.of(record.type).publish(record.at);
      this.peers.publish(record);
    } else if (record.is === 'wrote') {
      this.caches.write(record);
    } else if (record.is === 'changed') {
      this.#change(record);
    } else {
      const delivery = this.messages.deliver(record);
      this.subscriptions.of(record.subscription).note(record, delivery, this.messages.get(record.id)?.type);
    }
  }

  #change(record: ChangedRecord): void {
    this.subscriptions.change(record);
    this.changes.push(record);
    if (this.changes.length > this.#maxChanges) this.changes.shift();
  }

  #reach(at: number): void {
    if (at > this.now) this.now = at;
  }
}
