const SMALLEST_CHUNK = 4;
const LARGEST_CHUNK = 1024;

/**
 * A first-in-first-out store in linked chunks: nothing is ever copied and nothing has to shrink, so a backlog of a
 * million costs each message as little as a backlog of ten.
 *
 * Beside an item stands its origin, where it has one. The row for origins exists only in chunks that hold one.
 */
export class MessageQueue<Item, Origin> {
  /** How many items were ever put in. */
  pushed = 0;
  /** How many items were ever taken out. */
  shifted = 0;
  #tail: Chunk<Item, Origin> = NO_CHUNK;
  #writeAt = 0;
  #head: Chunk<Item, Origin> = NO_CHUNK;
  #readAt = 0;

  get length(): number {
    return this.pushed - this.shifted;
  }

  /** How many items can be taken before {@link MessageQueue.taken} must be called: at least 1 if there is one. */
  get takeable(): number {
    return Math.min(this.length, this.#head.size - this.#readAt);
  }

  /** The origin of the next item. */
  get nextOrigin(): Origin | undefined {
    return this.#head.origins?.[this.#readAt];
  }

  /** The origin of the newest item, right after that was put in. */
  get lastOrigin(): Origin | undefined {
    return this.#tail.origins?.[this.#writeAt - 1];
  }

  /** Puts an item in, with its origin if it has one. Returns how many items there are then. */
  push(item: Item, origin?: Origin): number {
    if (this.#writeAt === this.#tail.size) this.#grow();
    const at = this.#writeAt++;
    this.#tail.items[at] = item;
    if (origin !== undefined) this.#tail.setOrigin(at, origin);
    return ++this.pushed - this.shifted;
  }

  /** Takes the oldest item. Only when it is {@link MessageQueue.takeable}. */
  take(): Item {
    const { items, origins } = this.#head;
    const index = this.#readAt++;
    const item = items[index] as Item;
    items[index] = undefined;
    if (origins !== undefined) origins[index] = undefined;
    this.shifted++;
    return item;
  }

  /** After items were taken: leaves a chunk that has been read. The last one, by now the largest, is written again. */
  taken(): void {
    if (this.shifted === this.pushed) {
      this.#head = this.#tail;
      this.#readAt = this.#writeAt = 0;
    } else if (this.#readAt === this.#head.size) {
      this.#head = this.#head.next as Chunk<Item, Origin>;
      this.#readAt = 0;
    }
  }

  /** Takes the oldest item. Only when there is one. */
  shift(): Item {
    const item = this.take();
    this.taken();
    return item;
  }

  /** Takes the newest item back. Only when there is one, right after it was put in. */
  pop(): Item {
    const { items, origins } = this.#tail;
    const item = items[--this.#writeAt] as Item;
    items[this.#writeAt] = undefined;
    if (origins !== undefined) origins[this.#writeAt] = undefined;
    this.pushed--;
    return item;
  }

  clear(): void {
    this.#head = this.#tail = NO_CHUNK;
    this.#readAt = this.#writeAt = 0;
    this.shifted = this.pushed;
  }

  #grow(): void {
    const last = this.#tail;
    const chunk = new Chunk<Item, Origin>(Math.min(Math.max(last.size * 4, SMALLEST_CHUNK), LARGEST_CHUNK));
    if (last.size === 0) this.#head = chunk;
    else last.next = chunk;
    this.#tail = chunk;
    this.#writeAt = 0;
  }
}

class Chunk<Item, Origin> {
  readonly size: number;
  readonly items: (Item | undefined)[];
  origins: (Origin | undefined)[] | undefined;
  next: Chunk<Item, Origin> | undefined;

  constructor(size: number) {
    this.size = size;
    this.items = new Array<Item | undefined>(size);
    this.origins = undefined;
    this.next = undefined;
  }

  setOrigin(at: number, origin: Origin): void {
    this.origins ??= new Array<Origin | undefined>(this.size);
    this.origins[at] = origin;
  }
}

/** Before the first item there is nowhere to write: that spares every push the question. */
const NO_CHUNK = /* @__PURE__ */ new Chunk<never, never>(0);
