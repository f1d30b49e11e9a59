const COMPACT_AT = 4096;

/** A queue: whatever its length, an item is added and taken at the same cost. */
export class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  get first(): Item | undefined {
    return this.#items[this.#head];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the first one. */
  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const first = this.first;
    this.#items[this.#head++] = undefined; // what has been given away is not kept alive
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#items.length) this.unshift([]);
    return first;
  }

  /** Puts items back in front. O(length). */
  unshift(items: readonly Item[]): void {
    this.#items = [...items, ...this.#items.slice(this.#head)];
    this.#head = 0;
  }
}
