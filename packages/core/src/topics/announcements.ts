import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import { SubscriptionChange } from '../messages/subscription-change.js';

/**
 * Which subscriptions of one audience take subscription changes. Each coming and going is announced; for those that do not
 * take that, which is nearly all, it costs nothing: what their filters keep out is a number here.
 */
export class Announcements {
  /** How many subscription changes have come by. */
  count = 0;
  #takers: Set<LiveSubscription> | undefined;

  get takers(): readonly LiveSubscription[] {
    return [...(this.#takers ?? [])];
  }

  /** A subscription has come, or its filter has changed. */
  sort(subscription: LiveSubscription): void {
    this.forget(subscription);
    if (subscription.accepts(SubscriptionChange)) (this.#takers ??= new Set()).add(subscription);
    else subscription.monitor.passOver(this);
  }

  /** It has gone. */
  forget(subscription: LiveSubscription): void {
    this.#takers?.delete(subscription);
    subscription.monitor.passOver(undefined);
  }
}
