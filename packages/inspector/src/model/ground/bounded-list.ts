/** A list that grows at its end and is shortened at its beginning, each in constant time. */
export class BoundedList<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** The item at a place counted from the beginning; `undefined` where there is none. */
  at(index: number): T | undefined {
    return index < 0 ? undefined : this.#items[this.#head + index];
  }

  get last(): T | undefined {
    return this.at(this.length - 1);
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Takes the first item away. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) this.#compact();
    return item;
  }

  /** Puts an item before the one at that place. Cheap near the end. */
  insert(index: number, item: T): void {
    this.#items.splice(this.#head + index, 0, item);
  }

  /** Takes out the item at that place. Cheap near the end. */
  remove(index: number): void {
    this.#items.splice(this.#head + index, 1);
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
  }

  /** A copy of a part. */
  slice(from = 0, to: number = this.length): T[] {
    return this.#items.slice(this.#head + from, this.#head + to) as T[];
  }

  #compact(): void {
    this.#items = this.#items.slice(this.#head);
    this.#head = 0;
  }
}
