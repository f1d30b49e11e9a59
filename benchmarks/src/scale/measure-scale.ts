import { heapInUse } from '../figures/heap-in-use.js';
import { spreadOf } from '../harness/statistics.js';
import type { Scale, ScalePoint } from './scale.js';

/** How long each point is measured. */
export interface ScalePace {
  readonly rounds: number;
  readonly messages: number;
  /** Not more than so many of anything. */
  readonly most: number;
}

/** Node's, for whoever measures: a million topics want memory. */
export const SCALE_NODE_OPTIONS: readonly string[] = ['--expose-gc', '--max-old-space-size=6144'];

/** One point of a curve. Needs `--expose-gc`. */
export async function measurePoint(scale: Scale, count: number, { rounds, messages }: ScalePace): Promise<ScalePoint> {
  await scale.make(1).publish(messages); // compiles it
  const before = await heapInUse();
  const scaled = scale.make(count);
  await scaled.publish(Math.max(messages, count)); // each once
  const bytes = ((await heapInUse()) - before) / count;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const done = await scaled.publish(messages);
    times.push(((performance.now() - begun) * 1e6) / done);
  }
  return { count, nanoseconds: spreadOf(times).median, bytes };
}
