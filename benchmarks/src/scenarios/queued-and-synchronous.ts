import { entry, type Contender, type Entry } from '../harness/contender.js';
import { eventEmitter3, nanoEvents } from './emitter-peers.js';
import { queued, synchronous } from './ours.js';
import { effectPubSub, effectPubSubArrays, emitterySerial, pubSubJs } from './queue-peers.js';
import { concatMapped, rawSubject } from './rxjs-peers.js';
import { BURST, sameMessage, type Sample } from './samples.js';
import type { Scenario } from './scenario.js';

/** A publish that delivers at once takes few nanoseconds: more of them between two looks at the clock. */
const SYNCHRONOUS_BURST = 4 * BURST;

/** The scenarios that run in browsers too. */
export const queuedAndSynchronous: readonly Scenario[] = [
  {
    name: 'queued-1',
    title: 'queued, 1 subscription',
    detail: 'bursts of 1,000',
    unit: 'deliveries',
    contenders: () => inBursts(BURST, queued(1), concatMapped(1)),
  },
  {
    name: 'queued-10',
    title: 'queued, 10 subscriptions',
    detail: 'bursts of 1,000',
    unit: 'deliveries',
    contenders: () => inBursts(BURST, queued(10), concatMapped(10)),
  },
  {
    name: 'queued-peers',
    title: 'queued, 1 subscription',
    detail: 'bursts of 1,000',
    unit: 'deliveries',
    contenders: async () => [
      ...inBursts(BURST, queued(1), emitterySerial(), await effectPubSub(), pubSubJs()),
      ...inBursts(BURST, await effectPubSubArrays()),
      ...inBursts(10 * BURST, pubSubJs('pubsub-js, bursts of 10,000')),
    ],
  },
  {
    name: 'synchronous-1',
    title: 'synchronous, 1 subscription',
    detail: '',
    unit: 'deliveries',
    contenders: () => inBursts(SYNCHRONOUS_BURST, synchronous(1), eventEmitter3(), nanoEvents()),
  },
  {
    name: 'synchronous-10',
    title: 'synchronous, 10 subscriptions',
    detail: '',
    unit: 'deliveries',
    contenders: () => inBursts(BURST, synchronous(10), rawSubject(10)),
  },
  {
    name: 'synchronous-100',
    title: 'synchronous, 100 subscriptions',
    detail: '',
    unit: 'deliveries',
    contenders: () => inBursts(BURST, synchronous(100), rawSubject(100)),
  },
];

function inBursts(burst: number, ...contenders: readonly Contender<Sample>[]): Entry[] {
  return contenders.map((contender) => entry(contender, sameMessage(burst)));
}
