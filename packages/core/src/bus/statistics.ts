import type { SubscriptionStatistics } from '../subscriptions/subscription-statistics.js';
import type { SubscriptionsContext } from '../subscriptions/subscriptions-context.js';
import { topicStatistics, type TopicStatistics } from '../topics/topic-statistics.js';
import type { Topic } from '../topics/topic.js';

/** What a bus has done so far, as plain JSON (Z1). Counts are exact; times are those of the first and of every 64th message. */
export interface BusStatistics {
  /** The topics that have not ended. */
  readonly topics: readonly TopicStatistics[];
  /** The subscriptions that are not done. */
  readonly subscriptions: readonly SubscriptionStatistics[];
  /** The message types of which something was published, subscription changes among them. */
  readonly messageTypes: readonly MessageTypeStatistics[];
}

/** What is counted of one message type. */
export interface MessageTypeStatistics {
  /** The type's name; two types may share it (M2). */
  readonly name: string;
  /** How many messages of the type were published on topics of the bus. */
  readonly published: number;
  /** How many of them reached nobody. */
  readonly unused: number;
}

/** Reads the counters. What the topics' plans have counted is folded first. O(topics + subscriptions). */
export function readStatistics(
  topics: readonly Topic[],
  { subscriptions, messageTypes }: SubscriptionsContext,
): BusStatistics {
  for (const { audience } of topics) audience.plans.fold();
  for (const { audience } of topics) audience.fold();
  return {
    topics: topics.map(topicStatistics),
    subscriptions: Array.from(subscriptions, (subscription) => subscription.statistics()),
    messageTypes: Array.from(messageTypes.values(), (counters) => ({ ...counters })),
  };
}
