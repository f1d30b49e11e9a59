import type { Bus, BusStatistics } from '@stasis-rx/core';
import { isDeepStrictEqual } from 'node:util';
import { Tally } from './tally.js';

/** What a model has counted of one topic. */
export interface CountedTopic {
  readonly name: string;
  readonly subscriptions: readonly unknown[];
  readonly observers: readonly unknown[];
  readonly tally: Tally;
}

/** What a model has counted of one subscription; whatever else stands here is not looked at. */
export interface CountedSubscription {
  readonly id: string;
  readonly passed: number;
  readonly filtered: number;
  readonly dropped?: number;
  readonly maxDepth?: number;
}

/** What a model has counted of a bus. */
export interface Counted {
  /** Those that have not ended. */
  readonly topics: readonly CountedTopic[];
  /** Those that are subscribed. */
  readonly subscriptions: readonly CountedSubscription[];
  /** Those of all topics that there ever were. */
  readonly tallies: readonly Tally[];
}

/**
 * Compares what a bus has counted with what a model has (Z1).
 *
 * @returns what is wrong, if anything is
 */
export function statisticsFault(bus: Bus, counted: Counted): string | undefined {
  const actual = rows(bus.statistics(), counted);
  const expected = expectedRows(counted);
  if (isDeepStrictEqual(actual, expected)) return undefined;
  return `bus.statistics() is ${JSON.stringify(actual)}, and should be ${JSON.stringify(expected)}`;
}

/** Of a subscription that has left, a bus tells until it is done: when that is, a model without time cannot know. */
function rows({ topics, subscriptions, messageTypes }: BusStatistics, counted: Counted): unknown {
  const known = new Map(counted.subscriptions.map((subscription) => [subscription.id, subscription]));
  return {
    topics: sorted(
      topics.map(({ name, subscribers, dispatched, notDispatched }) => ({
        name,
        subscribers,
        dispatched,
        notDispatched,
      })),
    ),
    subscriptions: subscriptions
      .filter(({ id }) => known.has(id))
      .map(({ id, passed, filtered, dropped, maxDepth }) => ({
        id,
        passed,
        filtered,
        dropped,
        maxDepth: known.get(id)?.maxDepth === undefined ? undefined : maxDepth,
      })),
    messageTypes: sorted(messageTypes),
  };
}

function expectedRows({ topics, subscriptions, tallies }: Counted): unknown {
  return {
    topics: sorted(
      topics.map(({ name, subscriptions: subscribed, observers, tally: { dispatched, notDispatched } }) => ({
        name,
        subscribers: subscribed.length + observers.length,
        dispatched,
        notDispatched,
      })),
    ),
    subscriptions: subscriptions.map(({ id, passed, filtered, dropped = 0, maxDepth }) => ({
      id,
      passed,
      filtered,
      dropped,
      maxDepth,
    })),
    messageTypes: sorted(Tally.total(tallies)),
  };
}

function sorted<Row extends { readonly name: string }>(list: readonly Row[]): Row[] {
  return [...list].sort((one, other) => (one.name < other.name ? -1 : 1));
}
