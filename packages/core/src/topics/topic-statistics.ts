import type { Topic } from './topic.js';

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

/** Reads what has been counted and folded. */
export function topicStatistics({ name, detail, audience }: Topic): TopicStatistics {
  const { dispatched, notDispatched, times } = audience.counters;
  return {
    name,
    detail,
    subscribers: audience.recipients.length + audience.observers.length,
    dispatched,
    notDispatched,
    lowestDispatchMs: times.lowestMs,
    highestDispatchMs: times.highestMs,
  };
}
