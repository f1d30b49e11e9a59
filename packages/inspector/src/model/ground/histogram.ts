/** Buckets to a factor of ten: a quantile is at most a twelfth too low or too high. */
const PER_DECADE = 14;
/** From a microsecond to a good day. */
const DECADES = 11;
const LOWEST = 1e-3;

/** Durations in milliseconds, counted in buckets of growing width: of constant size, however many there are. */
export class Histogram {
  readonly #counts = new Uint32Array(PER_DECADE * DECADES + 2);
  #count = 0;
  #highest = 0;
  #lowest = Infinity;

  get count(): number {
    return this.#count;
  }

  /** The longest one, exactly; 0 before the first. */
  get highest(): number {
    return this.#highest;
  }

  add(ms: number): void {
    const bucket = bucketOf(ms);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
    if (ms > this.#highest) this.#highest = ms;
    if (ms < this.#lowest) this.#lowest = ms;
  }

  /** As many of them were as long at most; `null` without any. @param part 0.5 for the median, 0.99 for p99 */
  quantile(part: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.max(1, Math.ceil(this.#count * part));
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.max(this.#lowest, Math.min(middleOf(bucket), this.#highest));
    }
    return this.#highest;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#highest = 0;
    this.#lowest = Infinity;
  }
}

function bucketOf(ms: number): number {
  if (!(ms > LOWEST)) return 0;
  return Math.min(PER_DECADE * DECADES + 1, 1 + Math.floor(Math.log10(ms / LOWEST) * PER_DECADE));
}

/** Of its bounds, the geometric mean. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : LOWEST * 10 ** ((bucket - 0.5) / PER_DECADE);
}
