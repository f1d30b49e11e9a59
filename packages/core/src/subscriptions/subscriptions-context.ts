import type { StasisError } from '../errors/errors.js';
import type { ErrorHook } from '../errors/report-error.js';
import type { Dispatcher, Turn } from '../mailbox/turn.js';
import type { WaterMarks } from '../mailbox/water-marks.js';
import type { Topic, TopicBus } from '../topics/topic.js';
import type { AbortSignals } from './abort-signals.js';
import type { Subscription } from './subscription.js';
import type { SubscriptionDescription } from './subscription-description.js';
import type { SubscriptionStatistics } from './subscription-statistics.js';

/** What subscriptions need of the bus that they are on, beside what their topics do. */
export interface SubscriptionsContext extends TopicBus {
  readonly turn: Turn;
  readonly marks: WaterMarks;
  readonly signals: AbortSignals;
  /** Every subscription whose final message has not been handled. */
  readonly subscriptions: Set<OpenSubscription>;
  /** How many subscriptions there ever were: what makes their ids unique. */
  subscriptionCount: number;
  /** A turn of one's own for a user's dispatcher. */
  turnOf(dispatcher: Dispatcher): Turn;
  /** Reports to the hook, else to the bus's `onError`, else where RxJS reports an unhandled error. Never throws. */
  report(error: StasisError, hook?: ErrorHook<StasisError>): void;
}

/** A subscription that is not done, as its bus knows it. */
export interface OpenSubscription extends Subscription {
  statistics(): SubscriptionStatistics;
  describe(): SubscriptionDescription;
}

/** The bus of a topic: whatever makes topics provides this, too. */
export function busOf({ bus }: Pick<Topic, 'bus'>): SubscriptionsContext {
  return bus as SubscriptionsContext;
}
