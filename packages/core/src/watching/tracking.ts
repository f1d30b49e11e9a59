import type { Message } from '../messages/message.js';
import type { DispatchError } from './dispatch-error.js';
import type { Origin } from './origin.js';

/** A subscription, as it is told of. */
export interface Tracked {
  readonly id: string;
  readonly name: string;
  readonly topic: Origin;
}

/** One entry of a cache, before and after. */
export interface Written {
  readonly id: string | number;
  readonly old: Message | undefined;
  readonly snapshot: Message | undefined;
}

/** Who is told what becomes of one publish. None of its functions throws, but for what `within` calls. */
export interface Tracking {
  /** Every mailbox has been fed. */
  published(): void;
  /** The message waits in the subscription's mailbox, with so many others that there are `depth`. */
  queued(subscription: Tracked, depth: number): void;
  /** The subscription's handler is about to be called. */
  began(subscription: Tracked): void;
  /** The subscription is through with the message, or its handler has failed. */
  ended(subscription: Tracked, error: DispatchError | undefined): void;
  /** The subscription's mailbox had no room for it. */
  dropped(subscription: Tracked): void;
  /** A cache has been written; `updates` is where it tells of that. */
  wrote(topic: Origin, updates: Origin, written: Written): void;
  /** Calls what the message brings about. */
  within(call: () => unknown): unknown;
}

/** Tells both; of which there need not be either. */
export function both(first: Tracking | undefined, second: Tracking | undefined): Tracking | undefined {
  return first === undefined || second === undefined ? (first ?? second) : new Both(first, second);
}

class Both implements Tracking {
  readonly #first: Tracking;
  readonly #second: Tracking;

  constructor(first: Tracking, second: Tracking) {
    this.#first = first;
    this.#second = second;
  }

  published(): void {
    this.#first.published();
    this.#second.published();
  }

  queued(subscription: Tracked, depth: number): void {
    this.#first.queued(subscription, depth);
    this.#second.queued(subscription, depth);
  }

  began(subscription: Tracked): void {
    this.#first.began(subscription);
    this.#second.began(subscription);
  }

  ended(subscription: Tracked, error: DispatchError | undefined): void {
    this.#first.ended(subscription, error);
    this.#second.ended(subscription, error);
  }

  dropped(subscription: Tracked): void {
    this.#first.dropped(subscription);
    this.#second.dropped(subscription);
  }

  wrote(topic: Origin, updates: Origin, written: Written): void {
    this.#first.wrote(topic, updates, written);
    this.#second.wrote(topic, updates, written);
  }

  within(call: () => unknown): unknown {
    return this.#first.within(() => this.#second.within(call));
  }
}
