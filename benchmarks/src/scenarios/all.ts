import { entry } from '../harness/contender.js';
import { asynchronous } from './asynchronous.js';
import { cached, mapAndSubject, snapshots } from './cached.js';
import { freshByHand, freshMessages, numbers } from './fresh.js';
import { hotShotsLines, statsdLines } from './metrics.js';
import { queued } from './ours.js';
import { mixedQueued, mixedSynchronous } from './mixed.js';
import { pooled } from './pooled.js';
import { queuedAndSynchronous } from './queued-and-synchronous.js';
import { routed, routedByGroupBy } from './routed.js';
import { delivered, probed, recorded } from './watched.js';
import { BURST, sameMessage } from './samples.js';
import type { Scenario } from './scenario.js';
import { subscribed, subscribedToSubject } from './subscribed.js';

/** Everything that is compared. */
export const scenarios: readonly Scenario[] = [
  ...queuedAndSynchronous,
  {
    name: 'fresh',
    title: 'queued, a fresh message each time',
    detail: 'create, freeze, publish, deliver',
    unit: 'deliveries',
    contenders: () => [entry(freshMessages(), numbers(BURST)), entry(freshByHand(), numbers(BURST))],
  },
  {
    name: 'mixed-queued',
    title: 'queued, 50 types on 20 topics',
    detail: '5 subscriptions each, data of 50 shapes',
    unit: 'deliveries',
    contenders: mixedQueued,
  },
  {
    name: 'mixed-synchronous',
    title: 'synchronous, 50 types on 20 topics',
    detail: '5 subscriptions each, data of 50 shapes',
    unit: 'deliveries',
    contenders: mixedSynchronous,
  },
  {
    name: 'backlog',
    title: 'queued, a backlog of 1,000,000',
    detail: 'published before the first is handled',
    unit: 'deliveries',
    contenders: () => [
      entry(queued(1, 'backlog of 1,000,000'), sameMessage(1_000_000)),
      entry(queued(1, 'bursts of 1,000'), sameMessage(BURST)),
    ],
  },
  {
    name: 'async-backlog',
    title: 'asynchronous handler, a backlog of 300,000',
    detail: 'each handling is awaited',
    unit: 'deliveries',
    contenders: () => [
      entry(asynchronous('backlog of 300,000'), sameMessage(300_000)),
      entry(asynchronous('backlog of 30,000'), sameMessage(30_000)),
    ],
  },
  {
    name: 'router',
    title: 'router with 100 routes',
    detail: 'the message takes one of them',
    unit: 'deliveries',
    contenders: () => [
      entry(routed(100), sameMessage(BURST)),
      entry(queued(1, 'plain subscription'), sameMessage(BURST)),
      entry(routed(2), sameMessage(BURST)),
      entry(routedByGroupBy(100), sameMessage(BURST)),
    ],
  },
  {
    name: 'context',
    title: 'queued, each handler in the context of its publisher',
    detail: "`context: 'publisher'`",
    unit: 'deliveries',
    contenders: () => [
      entry(queued(1, "context: 'publisher'", { context: 'publisher' }), sameMessage(BURST)),
      entry(queued(1, 'plain subscription'), sameMessage(BURST)),
    ],
  },
  {
    name: 'receipt',
    title: 'delivered with a receipt',
    detail: 'all receipts of a burst awaited',
    unit: 'receipts',
    contenders: () => [entry(delivered(), sameMessage(BURST)), entry(queued(1, 'plain publish'), sameMessage(BURST))],
  },
  {
    name: 'probe',
    title: 'queued, a probe attached',
    detail: 'told of all, and counts it',
    unit: 'deliveries',
    contenders: () => [entry(probed(), sameMessage(BURST)), entry(queued(1, 'no probe'), sameMessage(BURST))],
  },
  {
    name: 'inspector',
    title: 'queued, recorded by the inspector',
    detail: 'the latest 100,000 records are kept',
    unit: 'deliveries',
    contenders: () => [entry(recorded(), sameMessage(BURST)), entry(queued(1, 'no inspector'), sameMessage(BURST))],
  },
  {
    name: 'pool',
    title: 'published on 1,000 pooled topics in turn',
    detail: 'one subscription on the parent',
    unit: 'deliveries',
    contenders: () => [
      entry(pooled('1,000 pooled topics', 1_000, 1_000), sameMessage(BURST)),
      entry(queued(1, 'plain subscription'), sameMessage(BURST)),
    ],
  },
  {
    name: 'pool-size',
    title: 'published on one topic of a pool of 100,000',
    detail: 'one subscription on the parent',
    unit: 'deliveries',
    contenders: () => [
      entry(pooled('pool of 100,000', 100_000, 1), sameMessage(BURST)),
      entry(pooled('pool of 10', 10, 1), sameMessage(BURST)),
    ],
  },
  {
    name: 'subscribe',
    title: 'subscribed and unsubscribed, 10,000 on one topic',
    detail: 'one message reaches them in between',
    unit: 'subscriptions',
    contenders: () => [entry(subscribed(), numbers(10_000)), entry(subscribedToSubject(), numbers(10_000))],
  },
  {
    name: 'cache',
    title: 'cache, 100,000 entries updated in turn',
    detail: 'one subscriber to updates',
    unit: 'updates',
    contenders: () => [entry(cached(), snapshots(100_000, BURST)), entry(mapAndSubject(), snapshots(100_000, BURST))],
  },
  {
    name: 'statsd',
    title: 'StatsD lines through the client',
    detail: 'packets of 1,432 bytes, no socket',
    unit: 'lines',
    contenders: () => [entry(statsdLines(), numbers(BURST)), entry(hotShotsLines(), numbers(BURST))],
  },
];
