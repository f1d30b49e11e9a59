import type { Message } from './message.js';
import { builtInType, type MessageType } from './message-type.js';

/** What a subscription change tells. Models `struct stasis_subscription_change`. */
export interface SubscriptionChangeData {
  /** Name of the topic. */
  readonly topic: string;
  /** The `id` of the subscription that came or went. */
  readonly uniqueId: string;
  /** Whether it came or went. */
  readonly description: 'Subscribe' | 'Unsubscribe';
}

/**
 * The type of the messages that announce a subscription's coming and going on its topic (S3, S5). The "Unsubscribe" of
 * a subscription is its final message. Models `stasis_subscription_change_type`.
 */
export const SubscriptionChange: MessageType<SubscriptionChangeData> =
  /* @__PURE__ */ builtInType<SubscriptionChangeData>('stasis_subscription_change');

/** Announces one subscription. */
export function subscriptionChange(
  topic: string,
  uniqueId: string,
  description: SubscriptionChangeData['description'],
): Message<SubscriptionChangeData> {
  return SubscriptionChange({ topic, uniqueId, description });
}
