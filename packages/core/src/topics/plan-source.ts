import type { AnyMessageType } from '../messages/message.js';
import type { TopicCounters } from './counters.js';
import type { Listeners } from './listeners.js';
import type { Origin } from '../watching/origin.js';
import type { TopicsContext } from './topics-context.js';

/** An audience, as dispatch plans are made of it. */
export interface PlanSource {
  readonly topic: Origin;
  readonly context: TopicsContext;
  readonly counters: TopicCounters;
  /** Grows with every change of the audience. */
  readonly version: number;
  /** Those who hear the type here. */
  listenersFor(type: AnyMessageType): Listeners;
  /** This audience, then all that it forwards to, each once. */
  reach(): Iterable<PlanSource>;
}

/** A sum of what only grows: it is equal when each of the summands is. */
export function totalVersion(sources: readonly PlanSource[]): number {
  let total = 0;
  for (let i = 0; i < sources.length; i++) total += (sources[i] as PlanSource).version;
  return total;
}
