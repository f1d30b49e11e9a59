/** Tells those who look that there is something new to see. */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  #count = 0;

  /** Another one each time that there is something new. */
  readonly current = (): number => this.#count;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tick(): void {
    this.#count++;
    for (const listener of this.#listeners) listener();
  }
}
