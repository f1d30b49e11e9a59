import type { Shown } from '../../protocol/shown.js';

/** One publish, and what has become of it so far. */
export interface MessageRow {
  /** Which publish it is. */
  readonly id: number;
  /** The how-manieth of all that were taken; grows by one from row to row. */
  readonly sequence: number;
  /** When: milliseconds since the Unix epoch, with fractions. */
  readonly at: number;
  readonly topic: string;
  readonly type: string;
  readonly eid: string | null;
  /** The publish that brought it about; `undefined` where none is known. */
  readonly cause: number | undefined;
  readonly data: Shown;
  /** The publishes that it has brought about. */
  readonly children: readonly number[];
  /** Who got it, in the order in which they were told of. */
  readonly deliveries: readonly Delivery[];
}

/** What has become of a message at one subscription. Times are milliseconds since the Unix epoch, with fractions. */
export interface Delivery {
  readonly subscription: string;
  readonly queuedAt: number | undefined;
  /** How many waited there when it came, itself included. */
  readonly depth: number | undefined;
  readonly beganAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly droppedAt: number | undefined;
  /** Why the handler failed. */
  readonly error: string | undefined;
}

/** How a message stands at a subscription. */
export type DeliveryState = 'waiting' | 'handling' | 'handled' | 'failed' | 'dropped';

/** Reads it from the times. */
export function stateOf({ beganAt, endedAt, droppedAt, error }: Delivery): DeliveryState {
  if (droppedAt !== undefined) return 'dropped';
  if (error !== undefined) return 'failed';
  if (endedAt !== undefined) return 'handled';
  return beganAt === undefined ? 'waiting' : 'handling';
}

/** Milliseconds from the mailbox to the handler; `undefined` when it has not come so far. Without a mailbox: 0. */
export function waitedMs({ queuedAt, beganAt }: Delivery): number | undefined {
  if (beganAt === undefined) return undefined;
  return queuedAt === undefined ? 0 : Math.max(0, beganAt - queuedAt);
}

/** Milliseconds in the handler, with what it awaited; `undefined` when it is not through. */
export function handledMs({ beganAt, endedAt }: Delivery): number | undefined {
  return beganAt === undefined || endedAt === undefined ? undefined : Math.max(0, endedAt - beganAt);
}
