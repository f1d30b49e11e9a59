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
  readonly is: 'hello';
  readonly protocol: typeof PROTOCOL;
  /** Version of the package. */
  readonly version: string;
  readonly bus: { readonly name: string; readonly eid: string };
  /** Whether the client may pause, step, resume, hold and release. */
  readonly isControllable: boolean;
}

/** How everything stands: at the beginning, when it is asked for, and after the client has stalled. Replaces what was told. */
export interface SnapshotReport {
  readonly is: 'snapshot';
  readonly at: number;
  readonly description: BusDescription;
  readonly statistics: BusStatistics;
  /** What is kept of what has happened before. */
  readonly records: readonly InspectorRecord[];
  /** How many records are gone: they were more than are kept, or the client was too slow. */
  readonly lost: number;
}

/** What has happened since, in batches. */
export interface RecordsReport {
  readonly is: 'records';
  /** How many before these were gone before they could be told: more happens than is sent. Absent when none were. */
  readonly lost?: number;
  readonly records: readonly InspectorRecord[];
}

/** How the parts hang together now; told when that has changed. */
export interface DescriptionReport {
  readonly is: 'description';
  readonly at: number;
  readonly description: BusDescription;
}

/** What has been counted; told at the interval that the client has asked for. */
export interface StatisticsReport {
  readonly is: 'statistics';
  readonly at: number;
  readonly statistics: BusStatistics;
}

/** The answer to `cache`: what stands in it now. */
export interface CacheReport {
  readonly is: 'cache';
  readonly at: number;
  readonly updates: string;
  readonly entries: readonly { readonly type: string; readonly snapshot: string; readonly data: Shown }[];
  /** How many there are; more than `entries` when the rest is left out. */
  readonly size: number;
}

/** The answer to `message`: a part of its data, as deep again as data are shown. */
export interface MessageReport {
  readonly is: 'message';
  readonly id: number;
  readonly path: readonly (string | number)[];
  /** Absent when the message is no longer kept, or has nothing there. */
  readonly data?: Shown;
}

/** A request that was not carried out. */
export interface RefusedReport {
  readonly is: 'refused';
  /** What was asked for, as far as it could be read. */
  readonly request: string;
  readonly reason: string;
}

/** What a client asks for. One JSON text each. */
export type Request =
  /** Records from now on, or none; statistics each so many ms, or none. At first: records, and no statistics. */
  | { readonly is: 'watch'; readonly records: boolean; readonly statisticsMs: number | null }
  | { readonly is: 'snapshot' }
  | { readonly is: 'cache'; readonly updates: string }
  | { readonly is: 'message'; readonly id: number; readonly path: readonly (string | number)[] }
  | { readonly is: 'pause' | 'resume' | 'step'; readonly subscription: string }
  | { readonly is: 'hold' | 'release' };
