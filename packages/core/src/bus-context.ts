import { AbortSignals } from './abort-signals.js';
import { Activity } from './activity.js';
import { safelyAround } from './around.js';
import { MessageTypeCounters } from './counters.js';
import { Delivery } from './delivery.js';
import type { StasisError } from './errors.js';
import { BusEvents } from './events.js';
import type { BusOptions } from './bus.js';
import type { Message } from './message.js';
import type { AnyMessageType } from './message-type.js';
import { reportError, type ErrorHook } from './report-error.js';
import type { LiveSubscription } from './live-subscription.js';
import type { Topic } from './topic.js';
import { DispatcherTurn, SharedTurn, type Dispatcher, type Turn } from './turn.js';
import { DEFAULT_WATER_MARKS, waterMarks, type WaterMarks } from './water-marks.js';

/** What a bus lends to its topics and subscriptions. */
export interface BusContext {
  /** Synchronous handlers and plain observers. */
  readonly delivery: Delivery;
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
  readonly turnOf: (dispatcher: Dispatcher) => Turn;
  /** The next of the numbers that make subscriptions' ids unique. */
  readonly nextNumber: () => number;
  /** Whether messages of the type go nowhere (M6). */
  readonly declines: (type: AnyMessageType) => boolean;
  /** Reports to the hook, else to the bus's `onError`, else where RxJS reports an unhandled error. Never throws. */
  readonly report: (error: StasisError, hook?: ErrorHook<StasisError>) => void;
  /** The topic of this name, made when there is none. */
  readonly topic: <M extends Message>(name: string) => Topic<M>;
  /** A new topic of this name or, where that is taken, with a number behind it. */
  readonly newTopic: <M extends Message>(name: string) => Topic<M>;
}

/** Validates the bus's options, and makes of them what it lends. */
export function createBusContext(options: BusOptions, topics: Pick<BusContext, 'topic' | 'newTopic'>): BusContext {
  const marks = waterMarks('[core] createBus()', options, DEFAULT_WATER_MARKS);
  const delivery = new Delivery();
  const events = new BusEvents(delivery);
  const report = (error: StasisError, hook?: ErrorHook<StasisError>): void => {
    reportError(error, hook, options.onError);
    events.emit({ type: 'error', error });
  };
  const around = safelyAround(options.around, report);
  const shared = new SharedTurn(around);
  const turnOf = (dispatcher: Dispatcher): Turn => new DispatcherTurn(dispatcher, around, delivery, report);
  const declined = new Set(options.declinedMessageTypes);
  let subscriptionCount = 0;
  return {
    ...topics,
    delivery,
    writing: new Delivery(),
    activity: new Activity(() => shared.renew()),
    turn: options.dispatcher === undefined ? shared : turnOf(options.dispatcher),
    signals: new AbortSignals(),
    marks,
    messageTypes: new MessageTypeCounters(),
    events,
    subscriptions: new Set(),
    turnOf,
    nextNumber: () => ++subscriptionCount,
    declines: ({ name }) => declined.has(name),
    report,
  };
}
