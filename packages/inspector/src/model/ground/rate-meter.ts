const SECONDS = 4;

/** Counts what happens in each of the last seconds. */
export class RateMeter {
  readonly #counts = new Uint32Array(SECONDS + 1);
  #second = -Infinity;

  /** @param at when it happened, in milliseconds; what is older than the others by seconds counts as of the oldest second */
  add(at: number): void {
    const second = Math.floor(at / 1000);
    this.#advance(second);
    if (second > this.#second - SECONDS) this.#counts[slotOf(second)] = this.#countOf(second) + 1;
  }

  /** How many a second: of the last full seconds before that moment, or of the running one when there is no other. */
  perSecond(now: number): number {
    const current = Math.floor(now / 1000);
    let sum = 0;
    for (let second = current - SECONDS + 1; second < current; second++) sum += this.#countOf(second);
    return sum / (SECONDS - 1);
  }

  #countOf(second: number): number {
    const isKept = second <= this.#second && second > this.#second - SECONDS - 1;
    return isKept ? (this.#counts[slotOf(second)] ?? 0) : 0;
  }

  #advance(second: number): void {
    if (second <= this.#second) return;
    const steps = Math.min(second - this.#second, SECONDS + 1);
    for (let step = 0; step < steps; step++) this.#counts[slotOf(second - step)] = 0;
    this.#second = second;
  }
}

function slotOf(second: number): number {
  const slots = SECONDS + 1;
  return ((second % slots) + slots) % slots;
}
