import type { BusDescription, BusStatistics } from '@stasis-rx/core';
import type { InspectorRecord, PublishedRecord, WroteRecord } from './records.js';

/** One line of a recording: `at` is milliseconds since the Unix epoch. Recordings of other packages have that form too. */
export interface RecordedLine<Event = RecordedEvent> {
  /** When. */
  readonly at: number;
  /** What. */
  readonly event: Event;
}

/** What stands in a recording: a header, then the bus's records, in which data are data and nothing is cut off. */
export type RecordedEvent =
  RecordingHeader | RecordedPublish | RecordedWrite | Timeless<Exclude<InspectorRecord, PublishedRecord | WroteRecord>>;

/** A record without its time, which stands beside it. */
export type Timeless<Record> = Record extends InspectorRecord ? Omit<Record, 'at'> : never;

/** The first line: whose recording it is. */
export interface RecordingHeader {
  /** Which kind of line it is. */
  readonly is: 'recording';
  /** Which form the lines have. */
  readonly protocol: number;
  /** The bus that was recorded. */
  readonly bus: {
    /** Its name for people. */
    readonly name: string;
    /** The entity that it is to others. */
    readonly eid: string;
  };
  /** How its parts hung together when the recording was written down. */
  readonly description: BusDescription;
  /** What had been counted by then; absent where that is not known. */
  readonly statistics?: BusStatistics;
  /** How many records are missing before the first. */
  readonly lost: number;
}

/** A publish, with all that it takes to make the message again. */
export interface RecordedPublish extends Omit<PublishedRecord, 'at' | 'data'>, RecordedData {
  /** When the message says that it was made: milliseconds since the Unix epoch. */
  readonly timestamp: number;
}

/** A write into a cache. */
export interface RecordedWrite extends Omit<WroteRecord, 'at' | 'data'>, RecordedData {}

/** Data as JSON has it. */
export interface RecordedData {
  /** As JSON; absent for `undefined`. */
  readonly data?: unknown;
  /** What JSON could not carry, each in words, the first ten: `since: date`. Absent when the data are exact. */
  readonly altered?: readonly string[];
}
