/** One in so many is watched: to watch them all would leave more behind than it finds. */
const SAMPLE = 20;

/** Looks whether things that have ended are let go of, by the bus and by everybody else. */
export class Leftovers {
  readonly #watched: WeakRef<object>[] = [];
  #seen = 0;

  watch(thing: object): void {
    if (this.#seen++ % SAMPLE === 0) this.#watched.push(new WeakRef(thing));
  }

  get watched(): number {
    return this.#watched.length;
  }

  /** How many of those that were watched can still be reached. Only after a garbage collection. */
  get reachable(): number {
    return this.#watched.filter((reference) => reference.deref() !== undefined).length;
  }
}
