/** Times are taken of the first message and of every 64th: a clock read costs more than a delivery. */
const SAMPLE_MASK = 63;

/** Whether the time of the n-th message, counted from 0, is taken. */
export function isSampled(n: number): boolean {
  return (n & SAMPLE_MASK) === 0;
}

/** How many there are from the n-th message up to the next whose time is taken: none if it is the n-th itself. */
export function untilSampled(n: number): number {
  return -n & SAMPLE_MASK;
}

/** The shortest and the longest of the times that were taken; empty before the first. */
export class TimeRange {
  lowestMs: number | null = null;
  highestMs: number | null = null;

  /** Takes a time. Returns whether it is the longest so far. */
  take(elapsedMs: number): boolean {
    if (this.lowestMs === null || elapsedMs < this.lowestMs) this.lowestMs = elapsedMs;
    if (this.highestMs !== null && elapsedMs <= this.highestMs) return false;
    this.highestMs = elapsedMs;
    return true;
  }
}
