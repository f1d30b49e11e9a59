import { haveMemory, withYoungGeneration } from '../harness/have-memory.js';
import { TimeRatio, TRIAL_NODE_OPTIONS } from '../harness/time-ratio.js';
import type { Figure } from './figure.js';
import { cachingTopics, following, watching } from './growth/caching.js';
import type { Operation } from './growth/operation.js';
import { aborting, mounting, subscribing, unsubscribing } from './growth/subscribing.js';
import { completing, forwarding, pooling, publishingFirst } from './growth/topics.js';
import { draining, publishingSync, pullingAhead } from './growth/waiting.js';

/** Whoever takes things from an array with `shift` copies it only when it is larger than 16,384. */
const LARGE_ARRAY = 4_500;
/** Arrays of so many are objects for which the engine asks the system for memory: in both trials, or the larger one alone pays. */
const LARGE_OBJECT = 18_000;

/** Room for the largest trial, so that nothing is collected while it is timed. */
const YOUNG_MB = 256;

/** By the names of their values. */
export const operations: Readonly<Record<string, Operation>> = {
  subscribe: { count: 150, prepare: subscribing },
  unsubscribe: { count: 150, prepare: unsubscribing },
  mount: { count: 200, prepare: mounting },
  abort: { count: LARGE_ARRAY, prepare: aborting },
  drained: { count: LARGE_ARRAY, prepare: draining },
  watch: { count: 1_000, prepare: watching },
  changes: { count: 1_000, prepare: following },
  cachingTopics: { count: 200, prepare: cachingTopics },
  pool: { count: 500, prepare: pooling },
  firstPublish: { count: 500, prepare: publishingFirst },
  forwards: { count: 250, prepare: forwarding },
  // Last, for what they leave behind is large.
  publishSync: { count: LARGE_OBJECT, prepare: publishingSync },
  pullAhead: { count: LARGE_OBJECT, prepare: pullingAhead },
  complete: { count: LARGE_OBJECT, prepare: completing },
};

/** What four times as many cost, against so many: 4 in linear time, 16 in quadratic. */
export const growth: Figure = {
  name: 'growth',
  nodeOptions: [...TRIAL_NODE_OPTIONS, ...withYoungGeneration(YOUNG_MB)],
  async measure(pace) {
    haveMemory(YOUNG_MB);
    const ratios = Object.entries(operations).map(([name, operation]) => ({ name, ratio: ratioOf(operation) }));
    for (let pass = 0; pass < pace.passes; pass++) {
      for (const { ratio } of ratios) if (pass === 0 || isInDoubt(ratio, pass)) await ratio.measure(pace);
    }
    return Object.fromEntries(ratios.map(({ name, ratio }) => [name, ratio.value]));
  },
};

function ratioOf({ count, prepare }: Operation): TimeRatio {
  return new TimeRatio(
    () => prepare(4 * count),
    () => prepare(count),
  );
}

/** One pass shows what is quadratic, and two what is linear, unless the machine was slowed down for a while. */
function isInDoubt({ value }: TimeRatio, passes: number): boolean {
  return value < 12 && (passes < 2 || value < 3 || value > 5);
}
