import { isAsynchronous, type Asynchronous } from '../errors/settlement.js';
import { AwaitedResult } from './awaited-result.js';
import type { Backlog } from './backlog.js';
import type { Consumer } from './consumer.js';
import { MessageQueue } from './message-queue.js';
import { isSampled, untilSampled } from './sampling.js';

/**
 * Hands a mailbox's items to its consumer, and knows how far that has come. While the consumer's result is waited for,
 * nothing is to be handed over (S1).
 */
export class Handover<Item, Origin> {
  /** Whether a result is waited for. */
  isWaiting = false;
  /** Whether the last item is in the backlog, and is the last one there. */
  isEnding = false;
  readonly #backlog: Backlog<Item, Origin>;
  readonly #consumer: Consumer<Item, Origin>;
  readonly #whenSettled: () => void;
  /** Made for the first one: most handlers never return one. */
  #awaited: AwaitedResult<Item, Origin> | undefined;
  /** Who waits until everything before a position has been handled; positions only grow. */
  #waiters: MessageQueue<() => void, number> | undefined;

  /** @param whenSettled called when a result that was waited for has settled */
  constructor(backlog: Backlog<Item, Origin>, consumer: Consumer<Item, Origin>, whenSettled: () => void) {
    this.#backlog = backlog;
    this.#consumer = consumer;
    this.#whenSettled = whenSettled;
  }

  /** Hands over a batch, of so many at the most, or one item of those that there is more to do about. */
  handSome(most: number): void {
    const backlog = this.#backlog;
    const { shifted } = backlog;
    const isLast = this.isEnding && backlog.length === 1;
    const size = Math.min(most, untilSampled(shifted), this.isEnding ? backlog.length - 1 : Infinity);
    if (backlog.openBatch(size)) {
      this.#handBatch();
      return;
    }
    const origin = backlog.nextOrigin;
    this.#hand(backlog.takeOne(), origin, isSampled(shifted), isLast);
    this.#handledUpTo(this.isWaiting ? shifted : backlog.shifted);
  }

  /** Hands over an item that was not in the backlog. */
  handPast(item: Item, origin: Origin | undefined): void {
    this.#hand(item, origin, false, this.isEnding);
    if (!this.isWaiting) this.#handledUpTo(this.#backlog.shifted);
  }

  /** Waits for what the consumer returned for an item. */
  waitFor(result: Asynchronous, item: Item, origin: Origin | undefined): void {
    this.isWaiting = true;
    this.#backlog.batchEnd = 0;
    this.#awaited ??= new AwaitedResult(this.#consumer, () => {
      this.#settled();
    });
    this.#awaited.waitFor(result, item, origin);
  }

  /** Calls back when everything that is in the backlog or being handled now has been handled. Only when something is. */
  whenHandled(callback: () => void): void {
    (this.#waiters ??= new MessageQueue()).push(callback, this.#backlog.pushed);
  }

  // Loops by index, and a batch in a function of its own: what the compiler makes of it is half of what a message costs.

  #handBatch(): void {
    const backlog = this.#backlog;
    let position: number;
    do {
      position = backlog.shifted;
      const origin = backlog.nextOrigin;
      this.#hand(backlog.take(), origin, false, false);
    } while (backlog.shifted < backlog.batchEnd);
    backlog.taken();
    this.#handledUpTo(this.isWaiting ? position : backlog.shifted);
  }

  #hand(item: Item, origin: Origin | undefined, isSampled: boolean, isLast: boolean): void {
    try {
      const result = this.#consumer.handle(item, origin, isSampled, isLast);
      if (result !== undefined && isAsynchronous(result)) this.waitFor(result, item, origin);
    } catch (error) {
      this.#consumer.fail(error, item, origin);
    }
  }

  #settled(): void {
    this.isWaiting = false;
    this.#handledUpTo(this.#backlog.shifted);
    this.#whenSettled();
  }

  /** Calls back who waits for what stood before this position. */
  #handledUpTo(position: number): void {
    const waiters = this.#waiters;
    if (waiters === undefined) return;
    while (waiters.length > 0 && (waiters.nextOrigin as number) <= position) waiters.shift()();
    if (waiters.length === 0) this.#waiters = undefined;
  }
}
