import type { BacklogLimits, Overflow } from '../mailbox/limits.js';
import type { WaterMarks } from '../mailbox/water-marks.js';
import type { Tracked } from '../watching/tracking.js';

/** How one subscription was made, and what it takes, as plain JSON (P2). */
export interface SubscriptionDescription extends WaterMarks {
  /** Unique on the bus. */
  readonly id: string;
  /** The subscription's name for people. */
  readonly name: string;
  /** Name of the topic. */
  readonly topic: string;
  /** Names of the message types of its filter; `null` without one. */
  readonly accepts: readonly string[] | null;
  /** Formats of its filter; `null` without one. */
  readonly formats: readonly string[] | null;
  /** How its messages come. */
  readonly delivery: 'queued' | 'synchronous';
  /** Whose dispatcher drains its mailbox. */
  readonly dispatcher: 'bus' | 'own';
  /** How many messages its mailbox takes; `null` without a bound. */
  readonly capacity: number | null;
  /** What happens to those beyond; `null` without a bound. */
  readonly overflow: Overflow | null;
  /** Whether it is paused (H2). */
  readonly isPaused: boolean;
  /** The routes of a router, in the order in which they were added; absent where there are none. */
  readonly routes?: readonly string[];
}

/** A subscription, as far as it is described. */
interface Described extends Tracked {
  readonly filter: { readonly types: readonly string[] | null; readonly formats: readonly string[] | null };
  /** What takes messages on the publisher's stack, where delivery is synchronous. */
  readonly receiver: unknown;
  readonly hasOwnDispatcher: boolean;
  readonly limits: BacklogLimits;
  readonly isPaused: boolean;
  readonly routes: readonly string[] | undefined;
}

/** Reads it from the subscription. */
export function describeSubscription(subscription: Described): SubscriptionDescription {
  const { id, name, topic, filter, receiver, hasOwnDispatcher, limits, isPaused, routes } = subscription;
  const isBounded = limits.capacity < Infinity;
  return {
    id,
    name,
    topic: topic.name,
    accepts: filter.types,
    formats: filter.formats,
    delivery: receiver === undefined ? 'queued' : 'synchronous',
    dispatcher: hasOwnDispatcher ? 'own' : 'bus',
    highWater: limits.highWater,
    lowWater: limits.lowWater,
    capacity: isBounded ? limits.capacity : null,
    overflow: isBounded ? limits.overflow : null,
    isPaused,
    ...(routes && { routes: [...routes] }),
  };
}
