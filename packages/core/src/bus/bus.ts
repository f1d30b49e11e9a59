import type { Observable } from 'rxjs';
import type { StasisError } from '../errors/errors.js';
import type { Around } from '../mailbox/around-drains.js';
import type { HandlerContext } from '../mailbox/contexts.js';
import type { Dispatcher } from '../mailbox/turn.js';
import type { WaterMarkOptions } from '../mailbox/water-marks.js';
import type { Message } from '../messages/message.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { Topic } from '../topics/topic.js';
import type { BusEvent } from '../watching/bus-event.js';
import type { AttachedProbe, Probe } from '../watching/probe.js';
import type { BusDescription } from './description.js';
import type { BusStatistics } from './statistics.js';

/** How a bus is made. All of it is optional; it is read once. */
export interface BusOptions extends WaterMarkOptions {
  /** For people. Default: `bus`. */
  readonly name?: string | undefined;
  /** Which entity this bus is to others. Default: a random one. */
  readonly eid?: string | undefined;
  /** When mailboxes are drained. Default: in a microtask; a long drain gives way to timers and I/O. */
  readonly dispatcher?: Dispatcher | undefined;
  /**
   * Surrounds the handlers (S9): called with each drain of mailboxes, which it must call once before it returns, for
   * instance inside a zone. Inside of that `context` says where they run. Default: nothing is around them.
   */
  readonly around?: Around | undefined;
  /**
   * In whose asynchronous context (`AsyncLocalStorage`, and `AsyncContext` where a platform has it) queued handlers run (K1).
   * `bus`: that in which the bus was made. `publisher`: that in which their message was published. Or a kind of context of
   * your own: captured with each publish, and run in with each message. Default: `bus`.
   */
  readonly context?: 'bus' | 'publisher' | HandlerContext | undefined;
  /** Whether the bus is held from the start, until `release` (H1). Default: `false`. */
  readonly held?: boolean | undefined;
  /**
   * Publishes that are kept while the bus is held: an integer of at least 1. What is beyond is refused: `publish` returns
   * `false`, and it is reported (code `OVERFLOW`), once for each hold. Default: 100,000.
   */
  readonly heldCapacity?: number | undefined;
  /** Takes what fails where nobody else asked for it: handlers (`DispatchError`), topics ended by an error. Default: where RxJS reports an unhandled error. */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /** Names of message types whose messages go nowhere (M6). Default: none. */
  readonly declinedMessageTypes?: readonly string[] | undefined;
}

/** Everything hangs from a bus: topics, subscriptions, and the order among them. */
export interface Bus {
  /** For people. */
  readonly name: string;
  /** Which entity this bus is to others: what stands for the local entity outside of it. */
  readonly eid: string;
  /**
   * Gets the topic of this name, or makes it. `detail` is a text for people (T1). Models `stasis_topic_create`.
   * @throws InvalidArgumentError when the name or detail cannot work
   * @throws StasisError `BUS_CLOSED` when the bus is closed
   */
  topic<M extends Message = Message>(name: string, options?: TopicOptions): Topic<M>;
  /** The topic of this name, if there is one that has not ended. */
  find(name: string): Topic | undefined;
  /** The topics that have not ended, in the order in which they were made; a snapshot. */
  topics(): Topic[];
  /** The subscription of this id that is not done, if there is one: ids stand in what `describe` and probes tell. O(subscriptions). */
  subscription(id: string): Subscription | undefined;
  /**
   * Reports an error as that of a handler is (T6): to `onError`, else where RxJS reports an unhandled error, and to `events$`.
   * For those who extend a bus. Never throws.
   */
  report(error: StasisError): void;
  /** What the bus has done so far, as plain JSON (Z1): a snapshot. O(topics + subscriptions). */
  statistics(): BusStatistics;
  /** What happens to topics, subscriptions and forwards, congestion, drops and errors. Completes when the bus has closed. */
  readonly events$: Observable<BusEvent>;
  /** From `hold` to `release` (H1). */
  readonly isHeld: boolean;
  /**
   * Keeps what is published from now on, on whatever topic, and the ends of topics, in order: nobody gets it, no cache is
   * written (H1). Subscribing and unsubscribing go on. Does nothing when the bus is held, or closed.
   */
  hold(): void;
  /**
   * Has what was kept happen, one after the other and before it returns, as if each were published now: for whoever is
   * subscribed now. Does nothing when the bus is not held.
   */
  release(): void;
  /**
   * Attaches a probe: from now on it is told of every publish, and of what becomes of it (P1). While none is attached, a
   * publish costs nothing for it. O(topics) for the first one, and when the last one is detached.
   * @throws InvalidArgumentError when it is no object, or one of its parts no function
   */
  attach(probe: Probe): AttachedProbe;
  /** How topics, subscriptions, forwards and caches hang together, as plain JSON (P2): a snapshot. O(all of them). */
  describe(): BusDescription;
  /** Resolves when every mailbox is empty and every handler has finished: for tests and for shutdown. What is kept while the bus is held is not waited for. */
  settled(): Promise<void>;
  /**
   * Releases the bus, completes every topic and waits until every subscription has had its final message. Doing it again waits again.
   * @param options `signal`: stops the waiting, for instance for a handler that hangs; the promise then resolves
   */
  close(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a topic is given beside its name. */
export interface TopicOptions {
  /** A text for people (T1). Default: empty. Not looked at when the topic is there already. */
  readonly detail?: string | undefined;
}
