const COMPACT_AT = 4096;

/** A queue: whatever its length, an item is added at either end, and taken, at the same cost. */
export class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  #head = 0;
  /** What was put back in front, the first of it last. */
  readonly #front: Item[] = [];

  get length(): number {
    return this.#front.length + this.#items.length - this.#head;
  }

  get first(): Item | undefined {
    return this.#front.at(-1) ?? this.#items[this.#head];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the first one. */
  shift(): Item | undefined {
    if (this.#front.length > 0) return this.#front.pop();
    const first = this.#items[this.#head];
    if (first === undefined) return undefined;
    this.#items[this.#head++] = undefined; // what has been given away is not kept alive
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }

  /** Puts items back in front, in their order. */
  unshift(items: readonly Item[]): void {
    for (let index = items.length - 1; index >= 0; index--) this.#front.push(items[index] as Item);
  }
}
