/** A counter that is told now and then, as a rate. */
export class CountedRate {
  #count: number | undefined;
  #at = 0;
  #perSecond: number | undefined;

  /** @param at when the counter stood there, in milliseconds */
  tell(count: number, at: number): void {
    const ms = at - this.#at;
    if (this.#count !== undefined && ms <= 0) return;
    if (this.#count !== undefined) this.#perSecond = Math.max(0, ((count - this.#count) * 1000) / ms);
    this.#count = count;
    this.#at = at;
  }

  /** How many a second between the last two tellings; `undefined` when there were not two, or they are long ago. */
  perSecond(now: number): number | undefined {
    return now - this.#at < STALE_MS ? this.#perSecond : undefined;
  }
}

const STALE_MS = 5000;
