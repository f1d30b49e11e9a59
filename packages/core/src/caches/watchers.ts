/** Those who are told of something, in the order in which they came. */
export class Watchers<Watcher> {
  readonly #all = new Set<Watcher>();
  #now: readonly Watcher[] | undefined;

  get size(): number {
    return this.#all.size;
  }

  /** Those who watch now: never changed, always replaced, so that whoever has read it can tell them later. */
  get now(): readonly Watcher[] {
    return (this.#now ??= [...this.#all]);
  }

  add(watcher: Watcher): this {
    this.#all.add(watcher);
    this.#now = undefined;
    return this;
  }

  remove(watcher: Watcher): this {
    this.#all.delete(watcher);
    this.#now = undefined;
    return this;
  }
}
