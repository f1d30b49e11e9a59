import { MessageQueue } from './message-queue.js';
import type { BacklogLimits } from './limits.js';

/** Told what becomes of a backlog. None of this may run code of a user: more items may be on their way. */
export interface BacklogWatcher<Item, Origin> {
  rose(depth: number): void;
  fell(depth: number): void;
  /** @param isFirst whether it is the first of this overflow */
  dropped(item: Item, origin: Origin | undefined, isFirst: boolean): void;
}

/**
 * The items that wait for a consumer, and how many they may be. Whatever is less than the deepest it ever was costs one
 * comparison an item.
 */
export class Backlog<Item, Origin> extends MessageQueue<Item, Origin> {
  /** Items before this position may be taken one after the other. */
  batchEnd = 0;
  /** The deepest that it ever was. */
  maxDepth = 0;
  readonly #limits: BacklogLimits;
  readonly #watcher: BacklogWatcher<Item, Origin> | undefined;
  /** Up to this depth there is nothing to do about an added item. */
  #quietDepth = 0;
  /** From there up to this depth the backlog is known to be congested. */
  #congestedDepth = 0;
  #isHigh = false;
  /** From the first item that is dropped until the backlog is empty: one that stays full overflows once. */
  #isOverflowing = false;
  /** Whether there is something to do when the depth has fallen to low water. */
  #isFallAwaited = false;
  readonly #lowWaiters: (() => void)[] = [];

  constructor(limits: BacklogLimits, watcher: BacklogWatcher<Item, Origin> | undefined) {
    super();
    this.#limits = limits;
    this.#watcher = watcher;
  }

  /** Whether the depth is at or below low water. */
  get isLow(): boolean {
    return this.length <= this.#limits.lowWater;
  }

  /** Adds an item; where there is no room for it, the overflow policy decides. Returns `false` above high water, or when it was refused. */
  add(item: Item, origin?: Origin): boolean {
    const depth = this.push(item, origin);
    return depth <= this.#quietDepth || (depth > this.#congestedDepth && this.#rise());
  }

  /** Adds an item whatever the capacity, and tells nobody. */
  addLast(item: Item, origin?: Origin): void {
    const depth = this.push(item, origin);
    if (depth > this.maxDepth) this.maxDepth = depth;
  }

  /**
   * Items are going to be taken one after the other: so many at the most, up to {@link Backlog.batchEnd}. Whatever a
   * backlog has to look at ends a batch, so that between two items only the end has to be looked at. Returns whether there
   * is a batch at all; if not, the next item is one for {@link Backlog.takeOne}.
   */
  openBatch(most: number): boolean {
    const { capacity, lowWater } = this.#limits;
    // Where items may be dropped, one that is put in may move all others.
    if (capacity < Infinity) return false;
    const size = Math.min(most, this.takeable, this.#isFallAwaited ? this.length - lowWater - 1 : Infinity);
    this.batchEnd = this.shifted + size;
    return size > 0;
  }

  /** Takes the oldest item. Only when there is one. */
  takeOne(): Item {
    const item = this.shift();
    if (this.#isFallAwaited === true && this.isLow) this.#fall();
    return item;
  }

  /** Resolves when the depth is at or below low water. */
  whenLow(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isLow) {
        resolve();
        return;
      }
      this.#lowWaiters.push(resolve);
      this.#awaitFall();
    });
  }

  /** Drops what is queued; what is being handled goes on. */
  override clear(): void {
    super.clear();
    this.#fall();
  }

  #rise(): boolean {
    const { highWater, capacity } = this.#limits;
    if (this.length > capacity && !this.#overflow()) return false;
    const depth = this.length;
    if (depth > this.maxDepth) this.maxDepth = depth;
    if (depth <= highWater) {
      this.#quietDepth = Math.min(this.maxDepth, highWater);
      return true;
    }
    if (!this.#isHigh) this.#watcher?.rose(depth);
    this.#isHigh = true;
    this.#awaitFall();
    this.#congestedDepth = this.maxDepth;
    return false;
  }

  /** Makes room. Returns whether the publisher is not to be told. */
  #overflow(): boolean {
    const { overflow } = this.#limits;
    const isOldest = overflow === 'drop-oldest';
    const origin = isOldest ? this.nextOrigin : this.lastOrigin;
    const dropped = isOldest ? this.shift() : this.pop();
    this.#watcher?.dropped(dropped, origin, !this.#isOverflowing);
    this.#isOverflowing = true;
    this.#awaitFall();
    return overflow !== 'refuse';
  }

  #awaitFall(): void {
    this.#isFallAwaited = true;
    this.batchEnd = 0;
  }

  #fall(): void {
    this.#isOverflowing &&= this.length > 0;
    this.#isFallAwaited = this.#isOverflowing;
    for (const resolve of this.#lowWaiters.splice(0)) resolve();
    if (!this.#isHigh) return;
    this.#isHigh = false;
    this.#congestedDepth = 0;
    this.#watcher?.fell(this.length);
  }
}
