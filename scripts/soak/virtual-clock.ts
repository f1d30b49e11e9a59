/** Some looks at the clock of a drain make up its 8 ms: so soaks see drains give way, and small ones that do not. */
const STEP_MS = 0.25;

/**
 * Has `performance.now()` move on by the same little each time somebody looks. By that clock the bus decides when a
 * drain gives way to timers and I/O; nothing else that it does depends on time. So a seed repeats a run to the letter.
 *
 * @returns what brings the real clock back
 */
export function useVirtualClock(): () => void {
  const real = performance.now.bind(performance);
  let now = 0;
  performance.now = () => (now += STEP_MS);
  return () => {
    performance.now = real;
  };
}

/** Milliseconds since some moment, by a clock that cannot be replaced. */
export function realNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
