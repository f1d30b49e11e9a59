/** Keeps what comes in, and lets tests wait for it. */
export class Inbox {
  readonly #items: string[] = [];
  #waiters: { readonly count: number; readonly resolve: (items: string[]) => void }[] = [];

  add(...items: string[]): void {
    this.#items.push(...items);
    const ready = this.#waiters.filter(({ count }) => count <= this.#items.length);
    this.#waiters = this.#waiters.filter(({ count }) => count > this.#items.length);
    for (const { resolve } of ready) resolve([...this.#items]);
  }

  /** Everything so far, as soon as it is that many. */
  atLeast(count: number): Promise<string[]> {
    if (this.#items.length >= count) return Promise.resolve([...this.#items]);
    return new Promise((resolve) => this.#waiters.push({ count, resolve }));
  }
}
