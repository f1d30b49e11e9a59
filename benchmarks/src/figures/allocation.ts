import { GCProfiler } from 'node:v8';
import type { Contender } from '../harness/contender.js';
import { withYoungGeneration } from '../harness/have-memory.js';
import { spreadOf } from '../harness/statistics.js';
import { backlogged, queued, synchronous } from '../scenarios/ours.js';
import { BURST, sameMessage, type Sample } from '../scenarios/samples.js';
import type { Figure } from './figure.js';

const DELIVERIES = 1_000_000;
const ATTEMPTS = 5;

/** What a delivery allocates: how the heap grows while nothing is collected, as the young generation has room for all. */
export const allocation: Figure = {
  name: 'allocation',
  nodeOptions: withYoungGeneration(256),
  async measure() {
    return {
      synchronousBytes: await bytesEach(synchronous(1), BURST),
      queuedBytes: await bytesEach(queued(1), BURST),
      backlogBytes: await bytesEach(backlogged(DELIVERIES / BURST), DELIVERIES),
    };
  },
};

/** @param each how many deliveries one call of `deliver` makes */
async function bytesEach(contender: Contender<Sample>, each: number): Promise<number> {
  const [messages = []] = sameMessage(BURST).bursts as Sample[][];
  let expected = 0;
  const deliverAll = async (): Promise<void> => {
    for (let delivered = 0; delivered < DELIVERIES; delivered += each) await contender.deliver(messages);
    expected += DELIVERIES;
  };
  for (let warmUp = 0; warmUp < 5; warmUp++) await deliverAll();
  const bytes: number[] = [];
  for (let attempt = 0; attempt < 4 * ATTEMPTS && bytes.length < ATTEMPTS; attempt++) {
    const growth = await heapGrowth(deliverAll);
    if (growth !== undefined) bytes.push(growth / DELIVERIES);
  }
  const [tally] = contender.tallies;
  if (tally?.count !== expected) throw new Error(`expected ${expected} deliveries, got ${tally?.count ?? 0}`);
  if (bytes.length < ATTEMPTS) throw new Error('expected the young generation to have room for all that is allocated');
  return spreadOf(bytes).median;
}

/** Nothing when there was a collection. Forcing one beforehand would throw optimised code away. */
async function heapGrowth(work: () => Promise<void>): Promise<number | undefined> {
  const profiler = new GCProfiler();
  profiler.start();
  const before = process.memoryUsage().heapUsed;
  await work();
  const after = process.memoryUsage().heapUsed;
  return profiler.stop().statistics.length === 0 ? after - before : undefined;
}
