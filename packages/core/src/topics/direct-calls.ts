import type { Stopwatch } from '../mailbox/stopwatch.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { Message } from '../messages/message.js';
import type { Origin } from '../watching/origin.js';
import type { DirectReceiver, HandlerCall, Receiver } from './recipient.js';

/**
 * The synchronous handlers of one message type at one topic. As long as all of them are idle they are called from two lists
 * side by side, and nothing else of their subscriptions is touched: with many of them, to fetch that from memory is the dearest
 * part of a delivery.
 */
export class DirectCalls implements DirectReceiver {
  readonly #receivers: readonly Receiver[];
  readonly #handlers: readonly (HandlerCall | undefined)[];
  readonly #owners: readonly unknown[];
  readonly #delivery: Trampoline;
  /** The detours there had been when all of them were seen to be idle: while there is no other one, all of them are. */
  #idleAt = -1;

  constructor(receivers: readonly Receiver[], delivery: Trampoline) {
    this.#receivers = receivers;
    this.#handlers = receivers.map(({ handler }) => handler);
    this.#owners = receivers.map(({ owner }) => owner);
    this.#delivery = delivery;
  }

  /** Gives the message to each. Returns whether the mailboxes of those who are not idle are within high water. */
  receive(message: Message, origin: Origin, stopwatch?: Stopwatch): boolean {
    if (this.#idleAt !== this.#delivery.detours) this.#look();
    const called = stopwatch === undefined ? this.#call(message, origin) : 0;
    return called === this.#receivers.length || this.#receiveFrom(called, message, origin, stopwatch);
  }

  #look(): void {
    if (this.#receivers.every(({ idleHandler }) => idleHandler !== undefined)) this.#idleAt = this.#delivery.detours;
  }

  /** Calls one after the other while all of them are idle. Returns how many. One that throws leaves the others to be called. */
  #call(message: Message, origin: Origin): number {
    const handlers = this.#handlers;
    const owners = this.#owners;
    const delivery = this.#delivery;
    const idleAt = this.#idleAt;
    let next = 0;
    for (;;) {
      try {
        for (; next < handlers.length && delivery.detours === idleAt; next++) {
          const result = (handlers[next] as HandlerCall)(message, origin, owners[next]);
          if (result !== undefined) (this.#receivers[next] as Receiver).settle(result, message, origin);
        }
        return next;
      } catch (error) {
        (this.#receivers[next++] as Receiver).fail(error, message, origin);
      }
    }
  }

  #receiveFrom(first: number, message: Message, origin: Origin, stopwatch: Stopwatch | undefined): boolean {
    const receivers = this.#receivers;
    let isWithinHighWater = true;
    for (let next = first; next < receivers.length; next++) {
      if (!(receivers[next] as Receiver).receive(message, origin, stopwatch)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }
}
