import type { Message } from '../messages/message.js';
import type { BusEvent } from './bus-event.js';
import type { DispatchError } from './dispatch-error.js';

/**
 * Watches a bus (P1): is told of every publish and of what becomes of it, on the stack on which it happens. Each part may be
 * left out. What a part throws is reported to the bus (code `PROBE`), and what it does on the bus itself is told to no
 * probe.
 */
export interface Probe {
  /** A message was published, and every mailbox has been fed; nobody has handled it. */
  published?(record: ProbePublished): unknown;
  /** It waits in a mailbox. Told after `published`, for each mailbox. */
  queued?(record: ProbeQueued): unknown;
  /** A handler is about to be called with it. */
  began?(record: ProbeBegan): unknown;
  /** The handler is through with it, with what it awaited, or has failed. */
  ended?(record: ProbeEnded): unknown;
  /** A bounded mailbox had no room for it. */
  dropped?(record: ProbeDropped): unknown;
  /** A caching topic has written it into its cache, or a state manager makes it a state's last message. */
  wrote?(record: ProbeWrote): unknown;
  /** Something else has happened, as `bus.events$` tells it. */
  changed?(record: ProbeChanged): unknown;
}

/** What is told of everything that happens to one message. */
export interface ProbeRecord {
  /** Which publish it is: they count up on the bus, from 1. */
  readonly id: number;
  /** When: milliseconds since the Unix epoch, with fractions. */
  readonly at: number;
}

/** A message was published. */
export interface ProbePublished extends ProbeRecord {
  /** The message. */
  readonly message: Message;
  /** Name of the topic on which it was published. */
  readonly topic: string;
  /**
   * The `id` of the publish in whose handler, observer or cache this one was made. Behind a handler's `await` it is known in
   * Node, Bun and Deno, and where there is `AsyncContext`. Else, and of what no message has brought about, `undefined`.
   */
  readonly cause: number | undefined;
}

/** A message waits in a mailbox. */
export interface ProbeQueued extends ProbeRecord {
  /** Id of the subscription. */
  readonly subscription: string;
  /** How many messages wait there now, this one included. */
  readonly depth: number;
}

/** A handler is about to be called. */
export interface ProbeBegan extends ProbeRecord {
  /** Id of the subscription. */
  readonly subscription: string;
}

/** A handler is through with a message. */
export interface ProbeEnded extends ProbeRecord {
  /** Id of the subscription. */
  readonly subscription: string;
  /** Why it failed; absent when it has not. */
  readonly error?: DispatchError;
}

/** A message was dropped. */
export interface ProbeDropped extends ProbeRecord {
  /** Id of the subscription. */
  readonly subscription: string;
}

/**
 * A message was written into a cache, or is the last one of a state (X1): that is told before its publish. Where it is of
 * another type or entity than the one before, that is removed first. A state that ends is removed by no publish: `id` is 0.
 */
export interface ProbeWrote extends ProbeRecord {
  /** Name of the topic that the caching topic watches, or of the state manager's. */
  readonly topic: string;
  /** Name of the caching topic's own topic, where it publishes its updates; of a state, the same as `topic`. */
  readonly updates: string;
  /** Which entry, or which state. */
  readonly snapshotId: string | number;
  /** What stood there of the same entity; `undefined` when nothing did. Where both have eid `null`, it is the aggregate. */
  readonly old: Message | undefined;
  /** What stands there now; `undefined` when it was removed. */
  readonly snapshot: Message | undefined;
}

/** Something has happened that is no message. */
export interface ProbeChanged {
  /** What: the same object that `bus.events$` emits. */
  readonly event: BusEvent;
  /** When: milliseconds since the Unix epoch, with fractions. */
  readonly at: number;
}

/** A probe that is attached. */
export interface AttachedProbe {
  /** The probe is told of nothing more. Doing it twice does nothing. */
  detach(): void;
  /** Same as `detach`. */
  [Symbol.dispose](): void;
}
