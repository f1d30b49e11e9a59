import { messageType, type Bus, type BusStatistics, type MessageType } from '@stasis-rx/core';
import { interval, timeInterval, type Subscription } from 'rxjs';
import type { Board } from './board.js';

/** The bus in a few figures. */
export interface BusFigures {
  /** Messages published in the last second. */
  readonly perSecond: number;
  /** Messages published since the beginning. */
  readonly published: number;
  readonly topics: number;
  readonly subscriptions: number;
  /** Messages that wait in mailboxes now. */
  readonly waiting: number;
  /** The most that ever waited in one mailbox. */
  readonly deepest: number;
  /** The slowest handler so far, in milliseconds, such as `0.4`; `–` before the first. */
  readonly slowestMs: string;
}

export const BusFigures: MessageType<BusFigures> = messageType<BusFigures>('wallboard_bus_figures');

/** Shows the figures of the bus once a second. */
export function reportBusFigures(bus: Bus, board: Board): Subscription {
  const report = (elapsedMs: number) => {
    const published = board.shown(BusFigures)?.published ?? 0;
    board.show(BusFigures, busFigures(bus.statistics(), published, elapsedMs));
  };
  report(1000);
  return interval(1000)
    .pipe(timeInterval())
    .subscribe(({ interval: elapsedMs }) => report(elapsedMs));
}

/**
 * @param published how many had been published when the statistics were read before
 * @param elapsedMs how long ago that was
 */
function busFigures(statistics: BusStatistics, published: number, elapsedMs: number): BusFigures {
  const { topics, subscriptions, messageTypes } = statistics;
  const now = messageTypes.reduce((sum, type) => sum + type.published, 0);
  const slowest = subscriptions.reduce((most, { highestInvokeMs }) => Math.max(most, highestInvokeMs ?? 0), 0);
  return {
    perSecond: Math.round(((now - published) * 1000) / Math.max(1, elapsedMs)),
    published: now,
    topics: topics.length,
    subscriptions: subscriptions.length,
    waiting: subscriptions.reduce((sum, { depth }) => sum + depth, 0),
    deepest: subscriptions.reduce((most, { maxDepth }) => Math.max(most, maxDepth), 0),
    slowestMs: slowest === 0 ? '–' : slowest.toFixed(1),
  };
}
