import type { CachingTopic, Topic } from '@stasis-rx/core';
import type { ModelTopic } from './model.js';

/** Topics of programs: `x` and `y` are pooled under `a`. */
export type TopicName = 'a' | 'b' | 'c' | 'x' | 'y';

/** Caching topics of programs, whose variables are empty at first. */
export type CachingTopicName = 'k0' | 'k1';

/** One topic of a program. */
export interface TopicPair {
  readonly real: Topic;
  readonly model: ModelTopic;
}

/** One caching topic of a program. */
export interface CachingTopicPair {
  readonly real: CachingTopic;
  /** Where it publishes. */
  readonly updates: TopicPair;
  readonly watched: TopicPair;
}

/** How a topic stands in a program. */
export function topicCode(name: TopicName | CachingTopicName): string {
  return isCaching(name) ? `${name}.topic` : name;
}

export function isPooled(name: TopicName): name is 'x' | 'y' {
  return name === 'x' || name === 'y';
}

export function isCaching(name: TopicName | CachingTopicName): name is CachingTopicName {
  return name === 'k0' || name === 'k1';
}
