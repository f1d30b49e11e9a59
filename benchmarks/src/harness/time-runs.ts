import { measure } from 'mitata';

/**
 * Calls a function again and again for about so long, with mitata's loop.
 *
 * Of mitata's defaults three are set aside. A garbage collection before the loop throws optimised code away, and what is
 * then measured is the compiler. Dropping the slowest samples would drop the collections that a contender's garbage
 * causes. And its batches of 4,096 calls would each outlast a round.
 *
 * @param run called at least once
 * @param milliseconds how long at least
 * @returns nanoseconds per call, the mean of all calls
 */
export async function timeRuns(run: () => Promise<void> | undefined, milliseconds: number): Promise<number> {
  const { samples } = await measure(run, {
    gc: false,
    samples_threshold: Infinity,
    batch_threshold: 0,
    min_samples: 1,
    min_cpu_time: milliseconds * 1e6,
  });
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}
