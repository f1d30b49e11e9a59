const SMALLEST_CHUNK = 16;
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
  #head: Chunk<Item, Origin> | undefined;
  #tail: Chunk<Item, Origin> | undefined;
  #readAt = 0;
  #writeAt = 0;

  get length(): number {
    return this.pushed - this.shifted;
  }

  /** Returns how many items there are then. */
  push(item: Item): number {
    let tail = this.#tail;
    if (tail === undefined || this.#writeAt === tail.size) tail = this.#grow();
    tail.items[this.#writeAt++] = item;
    return ++this.pushed - this.shifted;
  }

  /** Like {@link MessageQueue.push}, for an item that has an origin. */
  pushFrom(item: Item, origin: Origin): number {
    const length = this.push(item);
    const tail = this.#tail as Chunk<Item, Origin>;
    tail.origins ??= new Array<Origin | undefined>(tail.size);
    tail.origins[this.#writeAt - 1] = origin;
    return length;
  }

  /** The origin of the item that {@link MessageQueue.shift} takes next. */
  get nextOrigin(): Origin | undefined {
    return this.#head?.origins?.[this.#readAt];
  }

  /** Takes the oldest item. Only when there is one. */
  shift(): Item {
    const head = this.#head as Chunk<Item, Origin>;
    const item = head.items[this.#readAt] as Item;
    head.items[this.#readAt] = undefined;
    if (head.origins !== undefined) head.origins[this.#readAt] = undefined;
    this.#readAt++;
    if (++this.shifted === this.pushed) this.#rewind();
    else if (this.#readAt === head.size) this.#advance(head);
    return item;
  }

  /** Takes the newest item back. Only when there is one, right after it was put in. */
  pop(): Item {
    const tail = this.#tail as Chunk<Item, Origin>;
    const item = tail.items[--this.#writeAt] as Item;
    tail.items[this.#writeAt] = undefined;
    if (tail.origins !== undefined) tail.origins[this.#writeAt] = undefined;
    this.pushed--;
    return item;
  }

  clear(): void {
    this.#head = this.#tail = undefined;
    this.#readAt = this.#writeAt = 0;
    this.shifted = this.pushed;
  }

  /** Empty: the last chunk, by now the largest that was needed, is written again from its start. */
  #rewind(): void {
    this.#head = this.#tail;
    this.#readAt = this.#writeAt = 0;
  }

  #advance(read: Chunk<Item, Origin>): void {
    this.#head = read.next;
    this.#readAt = 0;
  }

  #grow(): Chunk<Item, Origin> {
    const last = this.#tail;
    const chunk = new Chunk<Item, Origin>(last === undefined ? SMALLEST_CHUNK : Math.min(last.size * 4, LARGEST_CHUNK));
    if (last === undefined) this.#head = chunk;
    else last.next = chunk;
    this.#tail = chunk;
    this.#writeAt = 0;
    return chunk;
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
}
