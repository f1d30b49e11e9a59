import { assert, assertPositiveInteger } from '../errors/assert.js';

/** From which depth on a mailbox counts as congested, and at which it no longer does (S10). */
export interface WaterMarks {
  /** A mailbox in which more messages wait than this is congested. */
  readonly highWater: number;
  /** A congested mailbox is clear again when it has fallen to this. */
  readonly lowWater: number;
}

/** The water marks as options. */
export interface WaterMarkOptions {
  /** Messages that may wait in a mailbox before it counts as congested: an integer of at least 1. Default: the bus's, else 500. */
  readonly highWater?: number | undefined;
  /** Waiting messages at which it no longer does: an integer from 0 to `highWater`. Default: 90 % of `highWater`. */
  readonly lowWater?: number | undefined;
}

export const DEFAULT_WATER_MARKS: WaterMarks = { highWater: 500, lowWater: 450 };

/** Validates the options and completes them from the defaults. */
export function waterMarks(call: string, { highWater, lowWater }: WaterMarkOptions, defaults: WaterMarks): WaterMarks {
  if (highWater === undefined && lowWater === undefined) return defaults;
  const high = highWater ?? defaults.highWater;
  assertPositiveInteger(call, 'highWater', high, `Leave it out for ${defaults.highWater}.`);
  const low = lowWater ?? Math.floor(high * 0.9);
  const isBelow = Number.isInteger(low) && low >= 0 && low <= high;
  const expectation = `lowWater to be an integer from 0 to ${high}, the high-water mark`;
  assert(isBelow, call, expectation, low, 'Leave it out for 90 % of that.');
  return { highWater: high, lowWater: low };
}
