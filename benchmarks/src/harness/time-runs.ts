/**
 * Calls a function again and again for about so long, once at least.
 *
 * @returns nanoseconds per call, the mean of all calls
 */
export type TimeRuns = (run: () => Promise<void> | undefined, milliseconds: number) => Promise<number>;

/**
 * {@link TimeRuns} with one look at the clock after each call, and nothing kept. A benchmark library keeps a sample of each call,
 * collects garbage first, or leaves the slowest calls out. The samples alone take memory that the machine has to give, and
 * that the contenders' collections then walk through; a collection before the loop throws optimised code away, and what is
 * measured is the compiler; and without its slowest calls a contender would be spared the collections that its own garbage
 * causes.
 */
export const timeRuns: TimeRuns = async (run, milliseconds) => {
  const startedAt = performance.now();
  let runs = 0;
  let elapsedMs: number;
  do {
    const running = run();
    if (running !== undefined) await running;
    runs++;
    elapsedMs = performance.now() - startedAt;
  } while (elapsedMs < milliseconds);
  return (elapsedMs / runs) * 1e6;
};
