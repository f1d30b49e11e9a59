import type { Filter } from './filter.js';
import type { HandlerSettings } from './handler-calls.js';
import type { SubscriptionHooks } from './subscription-hooks.js';

/** What a subscription is made of, validated. */
export interface SubscriptionSettings extends SubscriptionHooks, HandlerSettings {
  readonly name?: string | undefined;
  readonly filter: Filter;
}
