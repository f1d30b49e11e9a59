/** How many it has room for at first. */
const FIRST_CAPACITY = 1_024;

/**
 * The latest of what came, in the order in which it came, within a bound of number and of bytes. Each has a number, which
 * counts up from 0 and stays. Adding is O(1).
 */
export class Ring<Item> {
  readonly #maxItems: number;
  readonly #maxBytes: number;
  readonly #whenGone: (item: Item) => void;
  #items: (Item | undefined)[] = new Array<Item | undefined>(FIRST_CAPACITY);
  #sizes = new Float64Array(FIRST_CAPACITY);
  #bytes = 0;
  /** The number of the oldest that is there; so many have gone. */
  first = 0;
  /** The number that the next one will have. */
  end = 0;

  /** @param whenGone told of each that has no room any more, the oldest first */
  constructor(maxItems: number, maxBytes: number, whenGone: (item: Item) => void) {
    this.#maxItems = maxItems;
    this.#maxBytes = maxBytes;
    this.#whenGone = whenGone;
  }

  /** How many bytes are there, by what was said of each. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds one; the oldest go, and it goes itself when it alone is too much. */
  push(item: Item, bytes: number): void {
    if (this.end - this.first === this.#items.length) this.#grow();
    const place = this.end++ % this.#items.length;
    this.#items[place] = item;
    this.#sizes[place] = bytes;
    this.#bytes += bytes;
    while (this.end - this.first > this.#maxItems || this.#bytes > this.#maxBytes) this.#shift();
  }

  /** The one of this number; `undefined` when it has gone, or has not come. */
  at(number: number): Item | undefined {
    return number < this.first || number >= this.end ? undefined : this.#items[number % this.#items.length];
  }

  /** Those that are there by now, the oldest first, but for those that go meanwhile. */
  *[Symbol.iterator](): Generator<Item, void, undefined> {
    const { end } = this;
    for (let number = this.first; number < end; number++) {
      const item = this.at(number);
      if (item !== undefined) yield item;
    }
  }

  #shift(): void {
    const place = this.first++ % this.#items.length;
    const item = this.#items[place] as Item;
    this.#items[place] = undefined; // what has gone is not kept alive
    this.#bytes -= this.#sizes[place] ?? 0;
    this.#whenGone(item);
  }

  /** The place of each depends on how many there are. */
  #grow(): void {
    const capacity = this.#items.length * 2;
    const items = new Array<Item | undefined>(capacity);
    const sizes = new Float64Array(capacity);
    for (let number = this.first; number < this.end; number++) {
      items[number % capacity] = this.#items[number % this.#items.length];
      sizes[number % capacity] = this.#sizes[number % this.#items.length] ?? 0;
    }
    this.#items = items;
    this.#sizes = sizes;
  }
}
