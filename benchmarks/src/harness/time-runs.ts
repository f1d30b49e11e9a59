// Only the loop: the rest of mitata prints, and does not load in browsers.
import { measure } from 'mitata/src/lib.mjs';

/**
 * Calls a function again and again for about so long, once at least.
 *
 * @returns nanoseconds per call, the mean of all calls
 */
export type TimeRuns = (run: () => Promise<void> | undefined, milliseconds: number) => Promise<number>;

/**
 * {@link TimeRuns} with mitata's loop.
 *
 * Three of mitata's defaults are set aside. A garbage collection before the loop throws optimised code away, and what is
 * then measured is the compiler. Without the slowest samples, a contender would be spared the collections that its own
 * garbage causes. And mitata's batches of 4,096 calls would each outlast a turn.
 */
export const timeRuns: TimeRuns = async (run, milliseconds) => {
  const { samples } = await measure(run, {
    gc: false,
    samples_threshold: Infinity,
    batch_threshold: 0,
    min_samples: 1,
    min_cpu_time: milliseconds * 1e6,
  });
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
};
