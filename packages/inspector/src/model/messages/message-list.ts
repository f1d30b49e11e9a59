import { BoundedList } from '../ground/bounded-list.js';
import { EVERYTHING, isEverything, matcherOf, type MessageFilter } from './message-filter.js';
import type { MessageRow } from './message-row.js';
import type { MessageTable } from './message-table.js';

/**
 * The messages that a filter lets through, kept up to date as they come. It looks at each message once, and again when more
 * is known of it; after another filter was chosen, at all of them, a part each time that `advance` is called.
 */
export class MessageList {
  readonly #table: MessageTable;
  readonly #stop: () => void;
  /** Sequences, in their order. */
  readonly #shown = new BoundedList<number>();
  #filter = EVERYTHING;
  #matches = matcherOf(EVERYTHING);
  /** Up to here everything has been looked at. */
  #lookedAt = 0;
  #gone = 0;
  #from = 0;
  #to = Infinity;

  constructor(table: MessageTable) {
    this.#table = table;
    this.#stop = table.listen((row) => this.#again(row));
  }

  get filter(): MessageFilter {
    return this.#filter;
  }

  set filter(filter: MessageFilter) {
    this.#filter = filter;
    this.#matches = matcherOf(filter);
    this.#shown.clear();
    this.#lookedAt = this.#from;
  }

  get isPaused(): boolean {
    return this.#to < Infinity;
  }

  /** Whether all that is kept has been looked at. */
  get isComplete(): boolean {
    return isEverything(this.#filter) || this.#lookedAt >= this.#end;
  }

  /** How many that it let through are gone from its beginning: what is shown moves up by so many. */
  get gone(): number {
    return isEverything(this.#filter) ? this.#start : this.#gone;
  }

  /** How many it lets through. */
  get length(): number {
    return isEverything(this.#filter) ? Math.max(0, this.#end - this.#start) : this.#shown.length;
  }

  /** The row at that place, the oldest one first. */
  at(index: number): MessageRow | undefined {
    const sequence = isEverything(this.#filter) ? this.#start + index : this.#shown.at(index);
    return sequence === undefined ? undefined : this.#table.bySequence(sequence);
  }

  /** At which place a message stands; -1 when it is not among them. */
  indexOf({ sequence }: MessageRow): number {
    if (isEverything(this.#filter)) {
      return sequence >= this.#start && sequence < this.#end ? sequence - this.#start : -1;
    }
    const index = this.#placeOf(sequence);
    return this.#shown.at(index) === sequence ? index : -1;
  }

  /** Shows nothing that comes from now on. What is not kept any more is not shown either. */
  pause(): void {
    this.#to = this.#table.taken;
  }

  resume(): void {
    this.#to = Infinity;
  }

  /** Shows nothing of what has come so far. */
  clear(): void {
    this.#from = this.#table.taken;
    this.#to = Infinity;
    this.filter = this.#filter;
  }

  /** Looks at what it has not looked at yet. @param limit how many messages at most */
  advance(limit = 5000): void {
    for (; (this.#shown.at(0) ?? Infinity) < this.#start; this.#gone++) this.#shown.shift();
    if (isEverything(this.#filter)) return;
    this.#lookedAt = Math.max(this.#lookedAt, this.#start);
    const end = Math.min(this.#end, this.#lookedAt + limit);
    for (; this.#lookedAt < end; this.#lookedAt++) {
      const row = this.#table.bySequence(this.#lookedAt);
      if (row !== undefined && this.#matches(row)) this.#shown.push(row.sequence);
    }
  }

  /** It is kept up to date no more. */
  close(): void {
    this.#stop();
  }

  get #start(): number {
    return Math.max(this.#from, this.#table.firstSequence);
  }

  get #end(): number {
    return Math.min(this.#to, this.#table.taken);
  }

  /** Who has got a message, and how it went, is known later than the message. */
  #again(row: MessageRow): void {
    if (row.sequence >= this.#lookedAt || row.sequence < this.#from) return;
    if (this.#filter.subscription === '' && this.#filter.outcome === 'any') return;
    const place = this.#placeOf(row.sequence);
    const isShown = this.#shown.at(place) === row.sequence;
    if (this.#matches(row) === isShown) return;
    if (isShown) this.#shown.remove(place);
    else this.#shown.insert(place, row.sequence);
  }

  /** Where it is, or would have to be put. */
  #placeOf(sequence: number): number {
    let [low, high] = [0, this.#shown.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#shown.at(middle) ?? Infinity) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
