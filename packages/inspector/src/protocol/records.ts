import type { Shown } from './shown.js';

/** What has happened on the bus, one thing each, in the order in which it did. */
export type InspectorRecord =
  PublishedRecord | QueuedRecord | BeganRecord | EndedRecord | DroppedRecord | WroteRecord | ChangedRecord;

interface Timed {
  /** When: milliseconds since the Unix epoch, with fractions. */
  readonly at: number;
}

interface OfMessage extends Timed {
  /** Which publish it is: they count up on the bus, from 1. */
  readonly id: number;
}

interface OfSubscription extends OfMessage {
  /** Id of the subscription. */
  readonly subscription: string;
}

/** A message was published. */
export interface PublishedRecord extends OfMessage {
  /** Which record it is. */
  readonly is: 'published';
  /** Name of the topic. */
  readonly topic: string;
  /** Name of the message type. */
  readonly type: string;
  /** The publish in whose handler it was made; absent where that is not known, or there is none. */
  readonly cause?: number;
  /** The entity that the message speaks of: `local` is the bus itself, `null` an aggregate of several. */
  readonly eid: string | null;
  /** Its data, what `redact` has made of them. */
  readonly data: Shown;
}

/** It waits in a mailbox, with so many others that there are `depth`. */
export interface QueuedRecord extends OfSubscription {
  /** Which record it is. */
  readonly is: 'queued';
  /** How many wait there now, this one included. */
  readonly depth: number;
}

/** A handler is called with it. */
export interface BeganRecord extends OfSubscription {
  /** Which record it is. */
  readonly is: 'began';
}

/** A handler is through with it. */
export interface EndedRecord extends OfSubscription {
  /** Which record it is. */
  readonly is: 'ended';
  /** Why it failed; absent when it has not. */
  readonly error?: string;
}

/** A bounded mailbox had no room for it. */
export interface DroppedRecord extends OfSubscription {
  /** Which record it is. */
  readonly is: 'dropped';
}

/** A caching topic has written it into its cache, or it is a state's last message. `id` is 0 where a state has ended. */
export interface WroteRecord extends OfMessage {
  /** Which record it is. */
  readonly is: 'wrote';
  /** Name of the topic that is watched. */
  readonly topic: string;
  /** Name of the caching topic's own topic, which names the cache; of states, same as `topic`. */
  readonly updates: string;
  /** Name of the snapshots' message type. */
  readonly type: string;
  /** Which snapshot, as text. */
  readonly snapshot: string;
  /** Whether it is gone now; absent when it is not. */
  readonly isRemoved?: true;
  /** What stands there now; absent when it is gone. */
  readonly data?: Shown;
}

/** Something that is no message, as `bus.events$` tells it. */
export interface ChangedRecord extends Timed {
  /** Which record it is. */
  readonly is: 'changed';
  /** The event's `kind`. */
  readonly kind: string;
  /** In words, for people. */
  readonly text: string;
  /** Id of the subscription that it is about, where it is about one. */
  readonly subscription?: string;
  /** Name of the topic that it is about, where it is about one. */
  readonly topic?: string;
}
