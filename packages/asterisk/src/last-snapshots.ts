/** The last snapshot of everything of one kind that is alive, by id: where the `old` of the next snapshot comes from. */
export class LastSnapshots<S> {
  readonly #snapshots = new Map<string, S>();

  /** Takes the place of the last snapshot. @returns that one; `null` for the first */
  replace(id: string, snapshot: S): S | null {
    const old = this.#snapshots.get(id) ?? null;
    this.#snapshots.set(id, snapshot);
    return old;
  }

  /** Forgets what has ended. @returns its last snapshot; `null` when there was none */
  remove(id: string): S | null {
    const old = this.#snapshots.get(id) ?? null;
    this.#snapshots.delete(id);
    return old;
  }
}
