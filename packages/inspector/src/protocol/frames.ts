import type { BusDescription, BusStatistics } from '@stasis-rx/core';
import type { InspectorRecord } from './records.js';
import type { Shown } from './shown.js';

/** Which protocol it is. Whoever meets another number says so and reads nothing more. */
export const PROTOCOL = 1;

/** What an inspected bus tells: first `hello`, then `snapshot`, then the others as they come. One JSON text each. */
export type Report =
  | HelloReport
  | SnapshotReport
  | RecordsReport
  | DescriptionReport
  | StatisticsReport
  | CacheReport
  | MessageReport
  | RefusedReport;

/** Who speaks. */
export interface HelloReport {
  /** Which report it is. */
  readonly is: 'hello';
  /** Which protocol it speaks. */
  readonly protocol: typeof PROTOCOL;
  /** Version of the package. */
  readonly version: string;
  /** The bus that is inspected. */
  readonly bus: {
    /** Its name for people. */
    readonly name: string;
    /** The entity that it is to others. */
    readonly eid: string;
  };
  /** Whether the client may pause, step, resume, hold and release. */
  readonly isControllable: boolean;
}

/** How everything stands: at the beginning, when it is asked for, and after the client has stalled. Replaces what was told. */
export interface SnapshotReport {
  /** Which report it is. */
  readonly is: 'snapshot';
  /** When: milliseconds since the Unix epoch. */
  readonly at: number;
  /** How the parts hang together: `bus.describe()`. */
  readonly description: BusDescription;
  /** What has been counted: `bus.statistics()`. */
  readonly statistics: BusStatistics;
  /** What is kept of what has happened before. */
  readonly records: readonly InspectorRecord[];
  /** How many records are gone: they were more than are kept, or the client was too slow. */
  readonly lost: number;
}

/** What has happened since, in batches. */
export interface RecordsReport {
  /** Which report it is. */
  readonly is: 'records';
  /** How many before these were gone before they could be told: more happens than is sent. Absent when none were. */
  readonly lost?: number;
  /** What has happened, in that order. */
  readonly records: readonly InspectorRecord[];
}

/** How the parts hang together now; told when that has changed. */
export interface DescriptionReport {
  /** Which report it is. */
  readonly is: 'description';
  /** When: milliseconds since the Unix epoch. */
  readonly at: number;
  /** How the parts hang together: `bus.describe()`. */
  readonly description: BusDescription;
}

/** What has been counted; told at the interval that the client has asked for. */
export interface StatisticsReport {
  /** Which report it is. */
  readonly is: 'statistics';
  /** When: milliseconds since the Unix epoch. */
  readonly at: number;
  /** What has been counted: `bus.statistics()`. */
  readonly statistics: BusStatistics;
}

/** The answer to `cache`: what stands in it now. */
export interface CacheReport {
  /** Which report it is. */
  readonly is: 'cache';
  /** When: milliseconds since the Unix epoch. */
  readonly at: number;
  /** Name of the topic of its updates; of states, of their manager's topic. */
  readonly updates: string;
  /** What stands in it, as much of it as there is room for. */
  readonly entries: readonly {
    /** Name of the snapshot's message type. */
    readonly type: string;
    /** Which snapshot, as text. */
    readonly snapshot: string;
    /** Its data. */
    readonly data: Shown;
  }[];
  /** How many there are; more than `entries` when the rest is left out. */
  readonly size: number;
}

/** The answer to `message`: a part of its data, as deep again as data are shown. */
export interface MessageReport {
  /** Which report it is. */
  readonly is: 'message';
  /** Which publish. */
  readonly id: number;
  /** Where in its data: keys, and places in lists. */
  readonly path: readonly (string | number)[];
  /** Absent when the message is no longer kept, or has nothing there. */
  readonly data?: Shown;
}

/** A request that was not carried out. */
export interface RefusedReport {
  /** Which report it is. */
  readonly is: 'refused';
  /** What was asked for, as far as it could be read. */
  readonly request: string;
  /** Why, in words. */
  readonly reason: string;
}

/** What a client asks for. One JSON text each. */
export type Request = WatchRequest | SnapshotRequest | CacheRequest | MessageRequest | SubscriptionRequest | BusRequest;

/** Asks for records from now on, or none; for statistics each so many ms, or none. At first: records, and no statistics. */
export interface WatchRequest {
  /** Which request it is. */
  readonly is: 'watch';
  /** Whether records are told. */
  readonly records: boolean;
  /** Each so many milliseconds statistics are told; `null`: never. */
  readonly statisticsMs: number | null;
}

/** Asks for a snapshot. */
export interface SnapshotRequest {
  /** Which request it is. */
  readonly is: 'snapshot';
}

/** Asks for what stands in a cache. */
export interface CacheRequest {
  /** Which request it is. */
  readonly is: 'cache';
  /** Name of the topic of its updates; of states, of their manager's topic. */
  readonly updates: string;
}

/** Asks for a part of a message's data. */
export interface MessageRequest {
  /** Which request it is. */
  readonly is: 'message';
  /** Which publish. */
  readonly id: number;
  /** Where in its data: keys, and places in lists. */
  readonly path: readonly (string | number)[];
}

/** Pauses a subscription, has it go on, or hand over one message. */
export interface SubscriptionRequest {
  /** Which request it is. */
  readonly is: 'pause' | 'resume' | 'step';
  /** The subscription's id. */
  readonly subscription: string;
}

/** Holds the bus, or releases it. */
export interface BusRequest {
  /** Which request it is. */
  readonly is: 'hold' | 'release';
}
