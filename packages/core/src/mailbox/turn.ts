import type { TimeSlice } from './time-slice.js';

/** Decides when a mailbox is drained: calls `drain` once, later. */
export type Dispatcher = (drain: () => void) => void;

/** When mailboxes are drained, and for how long at a stretch. */
export interface Turn {
  /** Whether {@link Turn.schedule} may call a user's code, and with it a drain, at once. */
  readonly isForeign: boolean;
  /** Has `drain` called, once, later. */
  schedule(drain: () => void): void;
  /** The same, for the rest of what was drained until the slice was spent. */
  giveWay(drain: () => void): void;
  /** Has `drain` called at once: it goes on after an asynchronous handler. */
  resume(drain: () => void): void;
  /** How long mailboxes may be drained at a stretch. */
  readonly slice: TimeSlice;
}
