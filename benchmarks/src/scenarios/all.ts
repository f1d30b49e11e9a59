import { entry } from '../harness/contender.js';
import { asynchronous } from './asynchronous.js';
import { cached, mapAndSubject, snapshots } from './cached.js';
import { eventEmitter3, nanoEvents } from './emitter-peers.js';
import { freshByHand, freshMessages, numbers } from './fresh.js';
import { hotShotsLines, statsdLines } from './metrics.js';
import { queued, synchronous } from './ours.js';
import { pooled } from './pooled.js';
import { effectPubSub, effectPubSubArrays, emitterySerial, pubSubJs } from './queue-peers.js';
import { routed } from './routed.js';
import { concatMapped, rawSubject } from './rxjs-peers.js';
import { sameMessage } from './samples.js';
import type { Scenario } from './scenario.js';

const BURST = 1_000;
/** A publish that delivers at once takes few nanoseconds: more of them between two looks at the clock. */
const SYNCHRONOUS_BURST = 4_000;

/** Everything that is compared. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'queued-1',
    title: 'queued, 1 subscription, bursts of 1,000',
    unit: 'deliveries',
    contenders: () => [queued(1), concatMapped(1)].map((contender) => entry(contender, sameMessage(BURST))),
  },
  {
    name: 'queued-10',
    title: 'queued, 10 subscriptions, bursts of 1,000',
    unit: 'deliveries',
    contenders: () => [queued(10), concatMapped(10)].map((contender) => entry(contender, sameMessage(BURST))),
  },
  {
    name: 'queued-peers',
    title: 'queued, 1 subscription, bursts of 1,000',
    unit: 'deliveries',
    contenders: async () => [
      ...[queued(1), emitterySerial(), await effectPubSub(), pubSubJs(), await effectPubSubArrays()].map((contender) =>
        entry(contender, sameMessage(BURST)),
      ),
      entry(pubSubJs('pubsub-js, bursts of 10,000'), sameMessage(10 * BURST)),
    ],
  },
  {
    name: 'fresh',
    title: 'queued, a fresh message each time: create, freeze, publish, deliver',
    unit: 'deliveries',
    contenders: () => [freshMessages(), freshByHand()].map((contender) => entry(contender, numbers(BURST))),
  },
  {
    name: 'backlog',
    title: 'queued, a backlog of 1,000,000',
    unit: 'deliveries',
    contenders: () => [
      entry(queued(1, 'backlog of 1,000,000'), sameMessage(1_000_000)),
      entry(queued(1, 'bursts of 1,000'), sameMessage(BURST)),
    ],
  },
  {
    name: 'async-backlog',
    title: 'asynchronous handler, a backlog of 300,000',
    unit: 'deliveries',
    contenders: () => [
      entry(asynchronous('backlog of 300,000'), sameMessage(300_000)),
      entry(asynchronous('backlog of 30,000'), sameMessage(30_000)),
    ],
  },
  {
    name: 'synchronous-1',
    title: 'synchronous, 1 subscription',
    unit: 'deliveries',
    contenders: () =>
      [synchronous(1), eventEmitter3(1), nanoEvents(1)].map((contender) =>
        entry(contender, sameMessage(SYNCHRONOUS_BURST)),
      ),
  },
  ...[10, 100].map((subscriptions) => ({
    name: `synchronous-${subscriptions}`,
    title: `synchronous, ${subscriptions} subscriptions`,
    unit: 'deliveries',
    contenders: () =>
      [synchronous(subscriptions), rawSubject(subscriptions)].map((contender) => entry(contender, sameMessage(BURST))),
  })),
  {
    name: 'router',
    title: 'router with 100 routes',
    unit: 'deliveries',
    contenders: () =>
      [routed(100), queued(1, 'plain subscription'), routed(2)].map((contender) =>
        entry(contender, sameMessage(BURST)),
      ),
  },
  {
    name: 'pool',
    title: 'published on 1,000 pooled topics, one subscription on the parent',
    unit: 'deliveries',
    contenders: () =>
      [pooled(1_000), queued(1, 'plain subscription')].map((contender) => entry(contender, sameMessage(BURST))),
  },
  {
    name: 'cache',
    title: 'cache: update of 100,000 entries in turn, one subscriber to updates',
    unit: 'updates',
    contenders: () => [cached(), mapAndSubject()].map((contender) => entry(contender, snapshots(100_000, BURST))),
  },
  {
    name: 'statsd',
    title: 'StatsD lines through the client, packets of 1,432 bytes, no socket',
    unit: 'lines',
    contenders: () => [statsdLines(), hotShotsLines()].map((contender) => entry(contender, numbers(BURST))),
  },
];
