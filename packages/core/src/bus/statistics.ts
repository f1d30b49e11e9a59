import type { BusContext } from './bus-context.js';
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

/** What is counted of one topic. */
export interface TopicStatistics {
  /** Unique on the bus. */
  readonly name: string;
  /** The topic's text for people; empty when none was given. */
  readonly detail: string;
  /** Subscriptions and plain observers of this very topic. */
  readonly subscribers: number;
  /** Messages published here that reached somebody, here or through a forward. */
  readonly dispatched: number;
  /** Messages published here that reached nobody (T4). */
  readonly notDispatched: number;
  /** Milliseconds that the quickest publish took; `null` before the first. */
  readonly lowestDispatchMs: number | null;
  /** Milliseconds that the slowest publish took; `null` before the first. */
  readonly highestDispatchMs: number | null;
}

/** What is counted of one subscription. */
export interface SubscriptionStatistics {
  /** Unique on the bus. */
  readonly id: string;
  /** The subscription's name for people. */
  readonly name: string;
  /** Name of the topic. */
  readonly topic: string;
  /** Messages that passed the filter. */
  readonly passed: number;
  /** Messages that the filter kept out. */
  readonly filtered: number;
  /** Messages for which a bounded mailbox had no room. */
  readonly dropped: number;
  /** Messages that wait in the mailbox now. */
  readonly depth: number;
  /** The most that ever did. */
  readonly maxDepth: number;
  /** More waiting messages than this, and the mailbox is congested (S10). */
  readonly highWater: number;
  /** As many waiting messages, and it no longer is. */
  readonly lowWater: number;
  /** Milliseconds that the quickest invocation took, with what it awaited; `null` before the first. */
  readonly lowestInvokeMs: number | null;
  /** Milliseconds that the slowest invocation took, with what it awaited; `null` before the first. */
  readonly highestInvokeMs: number | null;
  /** Name of the message type whose invocation took longest. */
  readonly slowestType: string | null;
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
export function readStatistics(topics: readonly Topic[], { subscriptions, messageTypes }: BusContext): BusStatistics {
  for (const { audience } of topics) audience.plans.fold();
  for (const { audience } of topics) audience.fold();
  return {
    topics: topics.map(topicStatistics),
    subscriptions: Array.from(subscriptions, (subscription) => subscription.monitor.read(subscription)),
    messageTypes: Array.from(messageTypes.values(), (counters) => ({ ...counters })),
  };
}

function topicStatistics({ name, detail, audience }: Topic): TopicStatistics {
  const { dispatched, notDispatched, times } = audience.counters;
  return {
    name,
    detail,
    subscribers: audience.subscriptions.length + audience.observers.length,
    dispatched,
    notDispatched,
    lowestDispatchMs: times.lowestMs,
    highestDispatchMs: times.highestMs,
  };
}
