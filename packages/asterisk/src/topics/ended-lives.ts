/** How many of the last ends are remembered at least; twice as many at most. */
const REMEMBERED = 32_768;

/**
 * What has ended, so that late events do not bring it back (A1).
 *
 * Memory is bounded: the last 32,768 ends are remembered, and at most as many before them, which are forgotten all at once.
 * At 1,000 calls a second of three channels each these are the ends of the last eleven seconds; Asterisk's own late events
 * come within a handful of others.
 */
export class EndedLives {
  #recent = new Map<string, number>();
  #older = new Map<string, number>();

  /** @param life of several things with one id, one after the other: the later, the greater */
  add(id: string, life: number): void {
    if (this.#recent.size >= REMEMBERED) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(id, life);
  }

  /** The last life of this id that has ended; `undefined` when none has that is remembered. */
  last(id: string): number | undefined {
    return this.#recent.get(id) ?? this.#older.get(id);
  }

  forget(id: string): void {
    this.#recent.delete(id);
    this.#older.delete(id);
  }
}
