import type { Comparison } from './comparison.js';
import type { MetricsSnapshot } from './received-metrics.js';

/** What the program shows of its job. Called in this order: `start`, `update` now and then, `end`. */
export interface View {
  /** How often it wants `update` to be called, in milliseconds. */
  readonly refreshMs: number;
  start(job: JobDescription): void;
  update(status: JobStatus): void;
  end(result: JobResult): void;
  /** Instead of `end`, when the program itself failed: leaves the terminal as it was found. */
  abandon(): void;
}

/** What the job is. */
export interface JobDescription {
  /** What is read: a file and its speed, or an Asterisk. */
  readonly source: string;
  /** Where the metric lines go. */
  readonly target: string;
}

/** How far it has come. A snapshot, plain JSON. */
export interface JobStatus {
  readonly elapsedMs: number;
  /** Events so far that were understood. */
  readonly events: number;
  /** Events so far that were unknown or broken. */
  readonly skipped: number;
  /** How many events there will be; `null` for a live Asterisk. */
  readonly totalEvents: number | null;
  /** What the connection to a live Asterisk is doing; `null` for a recording. */
  readonly connection: string | null;
  readonly metrics: MetricsSnapshot;
}

/** How it ended. */
export interface JobResult extends JobStatus {
  readonly wasInterrupted: boolean;
  /** Metric lines that were handed to the socket. */
  readonly sentLines: number;
  /** Metric lines that could not be. */
  readonly lostLines: number;
  /** `null`: there is nothing to compare with, or the job did not come to its end. */
  readonly comparison: Comparison | null;
  /** Why there is no comparison; empty when there is one. */
  readonly notCompared: string;
  /** Why it failed: why there is no connection, for example; `null` when it did not. */
  readonly failure: string | null;
  /** What went wrong without ending the job, a line for each kind. */
  readonly problems: readonly string[];
}
