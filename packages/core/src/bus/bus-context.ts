import type { AbortSignals } from '../subscriptions/abort-signals.js';
import type { Activity } from '../mailbox/activity.js';
import type { MessageTypeCounters } from '../topics/counters.js';
import type { Delivery } from '../mailbox/delivery.js';
import type { StasisError } from '../errors/errors.js';
import type { BusEvents } from './events.js';
import type { Message } from '../messages/message.js';
import type { ErrorHook } from '../errors/report-error.js';
import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import type { SteadyTime, Stopwatch } from '../mailbox/stopwatch.js';
import type { Topic } from '../topics/topic.js';
import type { Dispatcher, Turn } from '../mailbox/turn.js';
import type { WaterMarks } from '../mailbox/water-marks.js';

/** What a bus lends to its topics and subscriptions. */
export interface BusContext {
  /** Synchronous handlers and plain observers. */
  readonly delivery: Delivery;
  /** The global one, looked up once. */
  readonly performance: SteadyTime;
  /** For whatever is not begun while something is being delivered. */
  readonly stopwatch: Stopwatch;
  /** Cache writers. */
  readonly writing: Delivery;
  readonly activity: Activity;
  readonly turn: Turn;
  readonly signals: AbortSignals;
  readonly marks: WaterMarks;
  readonly messageTypes: MessageTypeCounters;
  readonly events: BusEvents;
  /** Every subscription whose final message has not been handled. */
  readonly subscriptions: Set<LiveSubscription>;
  /** A turn of one's own for a user's dispatcher. */
  turnOf(dispatcher: Dispatcher): Turn;
  /** How many subscriptions there ever were: what makes their ids unique. */
  subscriptionCount: number;
  /** Names of the message types whose messages go nowhere (M6). */
  readonly declined: ReadonlySet<string>;
  /** Reports to the hook, else to the bus's `onError`, else where RxJS reports an unhandled error. Never throws. */
  report(error: StasisError, hook?: ErrorHook<StasisError>): void;
  /** The topic of this name, if there is one that has not ended. */
  find(name: string): Topic | undefined;
  /** The topic of this name, made when there is none. */
  topic<M extends Message>(name: string): Topic<M>;
  /** A new topic of this name or, where that is taken, with a number behind it. */
  newTopic<M extends Message>(name: string): Topic<M>;
}
