import type { CacheReport } from '../../protocol/frames.js';
import type { WroteRecord } from '../../protocol/records.js';
import type { Shown } from '../../protocol/shown.js';
import { BoundedList } from '../ground/bounded-list.js';
import { keyText, type CacheEntry, type CacheWrite } from './cache-write.js';

/** One cache: what stands in it, and how that came to be. A write is of constant cost. */
export class CacheHistory {
  /** Name of the caching topic's own topic, or of a state manager's. */
  readonly updates: string;
  /** Name of the topic that is watched; of states, the same one. */
  topic = '';
  /** How many entries the bus says that there are; `undefined` when it has not said so. */
  described: number | undefined;
  readonly #maxWrites: number;
  readonly #writes = new BoundedList<CacheWrite>();
  readonly #now = new Map<string, CacheEntry>();
  /** How it stood before the first write that is kept. */
  readonly #base = new Map<string, CacheEntry>();
  #nextSequence = 0;

  constructor(updates: string, maxWrites: number) {
    this.updates = updates;
    this.#maxWrites = maxWrites;
  }

  /** Whether these are the states of a state manager. */
  get areStates(): boolean {
    return this.topic === this.updates;
  }

  /** How many entries there are. */
  get size(): number {
    return this.#now.size;
  }

  /** How many writes are kept. */
  get length(): number {
    return this.#writes.length;
  }

  /** How many writes there were, those that are gone among them. */
  get written(): number {
    return this.#nextSequence;
  }

  /** The write at that place, the oldest that is kept first. */
  at(index: number): CacheWrite | undefined {
    return this.#writes.at(index);
  }

  /** What stands in it now. */
  entries(): CacheEntry[] {
    return [...this.#now.values()];
  }

  /**
   * What stood in it after so many of the writes that are kept: 0 is before the first of them. Folded from the records;
   * no cache and no handler is asked. O(entries + writes).
   */
  entriesAfter(writes: number): CacheEntry[] {
    const entries = new Map(this.#base);
    for (let index = 0; index < Math.min(writes, this.length); index++) apply(entries, this.#writes.at(index));
    return [...entries.values()];
  }

  /** How many of the writes that are kept had happened at a moment. @param at milliseconds since the Unix epoch */
  writesUntil(at: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#writes.at(middle)?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  write({ at, id, topic, type, snapshot, data, isRemoved }: WroteRecord): void {
    this.topic = topic;
    const before = this.#now.get(keyText({ type, snapshot }))?.data;
    const after: Shown | undefined = isRemoved === true ? undefined : data;
    const write: CacheWrite = { sequence: this.#nextSequence++, type, snapshot, at, by: id, before, after };
    this.#writes.push(write);
    apply(this.#now, write);
    if (this.#writes.length > this.#maxWrites) apply(this.#base, this.#writes.shift());
  }

  /** What the bus says that stands in it: also what was written before the inspector came. */
  tell({ entries, size }: CacheReport): void {
    const told = new Map(entries.map((entry) => [keyText(entry), entry]));
    const touched = new Set(this.#writes.slice().map(keyText));
    for (const [key, { type, snapshot, data }] of told) {
      const entry: CacheEntry = { type, snapshot, data, at: undefined, by: undefined };
      if (!touched.has(key)) this.#base.set(key, entry);
      if (!this.#now.has(key)) this.#now.set(key, entry);
    }
    this.described = size;
    if (size > entries.length) return;
    for (const key of this.#now.keys()) if (!told.has(key)) this.#now.delete(key);
    for (const key of this.#base.keys()) if (!told.has(key) && !touched.has(key)) this.#base.delete(key);
  }
}

function apply(entries: Map<string, CacheEntry>, write: CacheWrite | undefined): void {
  if (write === undefined) return;
  const { type, snapshot, at, by, after } = write;
  const key = keyText(write);
  if (after === undefined) entries.delete(key);
  else entries.set(key, { type, snapshot, data: after, at, by });
}
