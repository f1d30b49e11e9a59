import { assert, assertPositiveInteger } from '../errors/assert.js';
import type { WaterMarks } from './water-marks.js';

/** What happens to a message for which a bounded mailbox has no room. */
export type Overflow = 'drop-oldest' | 'drop-newest' | 'refuse';

/** How deep a backlog may get, and what is then done. */
export interface BacklogLimits {
  /** Deeper than this, it is congested (S10). */
  readonly highWater: number;
  /** Congested, it is clear again once it has fallen to this. */
  readonly lowWater: number;
  /** How many items it takes at the most. */
  readonly capacity: number;
  /** What happens to an item beyond that. */
  readonly overflow: Overflow;
}

/** A bound for a mailbox. Without one, nothing is ever dropped. */
export interface CapacityOptions {
  /**
   * Messages that may wait in the mailbox: an integer of at least 1. What is beyond is dropped, counted in the
   * statistics and reported (code `OVERFLOW`), once for each time that the mailbox overflows: until it has been empty
   * again. The final message is never dropped. Default: no bound.
   */
  readonly capacity?: number | undefined;
  /**
   * `drop-oldest`: the message that has waited longest goes. `drop-newest`: the one that comes goes, and the publisher
   * does not notice. `refuse`: the one that comes goes, and `publish` returns `false`. Needs `capacity`. Default: `refuse`.
   */
  readonly overflow?: Overflow | undefined;
}

/**
 * Validates the options and completes them. A mailbox that is full is crowded, whatever its low-water mark: who waits for
 * it to be drained waits until there is room.
 */
export function boundedBy(
  call: string,
  { capacity, overflow }: CapacityOptions,
  { highWater, lowWater }: WaterMarks,
): BacklogLimits {
  if (capacity !== undefined) assertPositiveInteger(call, 'capacity', capacity, 'Leave it out for no bound.');
  else assert(overflow === undefined, call, 'capacity to be given with overflow', capacity);
  const most = capacity ?? Infinity;
  return { highWater, lowWater: Math.min(lowWater, most - 1), capacity: most, overflow: overflow ?? 'refuse' };
}
