/** How long to wait between attempts to connect. */
export interface Backoff {
  /** Upper bound of the first wait, in milliseconds; doubled for each further one. */
  readonly baseMs: number;
  /** Upper bound of every wait, in milliseconds. */
  readonly maxMs: number;
}

/**
 * Exponential back-off with full jitter: anything from nothing to the bound, so that the clients of an Asterisk that
 * restarts do not come back all at once.
 *
 * @param attempt counted from 1
 * @param random at least 0 and below 1, as `Math.random`
 */
export function backoffDelayMs(attempt: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
}
