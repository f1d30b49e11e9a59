import type { Observable } from 'rxjs';
import type { BridgeEvent } from '../ground/events.js';
import type { BridgeStatistics } from '../ground/statistics.js';

/** A bus's part in a group of buses that share some topics. */
export interface Bridge {
  /** This bus's entity id: what others see its local messages under. */
  readonly eid: string;
  /** Another one for each bridge that is made: by it others tell a process from the one that it replaces. */
  readonly epoch: string;
  /**
   * Resolves once this bus takes part, and the others that made themselves known have given their snapshots, or did not
   * within `readyTimeoutMs`. Waits for as long as there is no connection. Rejects when the bridge cannot work, or was
   * closed before; it is closed then. Messages that are published before are sent all the same.
   */
  readonly ready: Promise<void>;
  /** Entity ids of the other buses that take part, in the order in which they came; a snapshot. */
  peers(): string[];
  /** What happens: see {@link BridgeEvent}. Emits on the stack of what happens; completes after `closed`. */
  readonly events$: Observable<BridgeEvent>;
  /** Figures of what has crossed, what waits, and what was lost. */
  statistics(): BridgeStatistics;
  /**
   * Resolves when the outbox is less than half full: for those who publish in bulk. Rejects with a StasisError
   * `BRIDGE_CLOSED` when the bridge ends before that.
   */
  drained(): Promise<void>;
  /**
   * Resolves when everything that was published so far is confirmed, or given up for want of room. Rejects with a
   * StasisError `BRIDGE_CLOSED` when the bridge ends before that.
   */
  flushed(): Promise<void>;
  /**
   * Takes no more messages of this bus, waits until the outbox is confirmed and what has arrived is in the mailboxes,
   * and leaves: this bus's entries leave the others' caches. Without a connection it waits for one. The connection is
   * left as it is. Doing it again waits for the same.
   * @param options `signal`: stops the waiting; the others then miss what was not confirmed, and notice by time-out
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}
