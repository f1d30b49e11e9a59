import type { Message } from '../messages/message.js';
import type { DispatchError } from './dispatch-error.js';
import type { Tracked, Tracking } from './tracking.js';

/** What has become of one message, once every subscription that it reached is through with it (Q1). Frozen. */
export interface Receipt<M extends Message = Message> {
  /** The message that was delivered. */
  readonly message: M;
  /** One for each subscription that it reached, in the order in which they ended; empty when there was none. */
  readonly deliveries: readonly Delivery[];
  /** The errors among `deliveries`, in the same order; empty when no handler failed. */
  readonly failures: readonly DispatchError[];
}

/** What has become of a message at one subscription. */
export interface Delivery {
  /** The subscription's id. */
  readonly subscription: string;
  /** Its name for people. */
  readonly name: string;
  /** Name of the topic where it is subscribed, which may be one that the message was forwarded to. */
  readonly topic: string;
  /** `dropped`: its bounded mailbox had no room. */
  readonly outcome: 'handled' | 'failed' | 'dropped';
  /** Why it failed. It has been reported, too. */
  readonly error?: DispatchError;
}

const NONE: readonly never[] = Object.freeze([]);

/** A receipt that is not complete. */
export class PendingReceipt implements Tracking {
  readonly #message: Message;
  readonly #expected: number;
  readonly #resolve: (receipt: Receipt) => void;
  readonly #deliveries: Delivery[] = [];
  #failures: readonly DispatchError[] = NONE;

  /** @param expected how many subscriptions the message reaches */
  constructor(message: Message, expected: number, resolve: (receipt: Receipt) => void) {
    this.#message = message;
    this.#expected = expected;
    this.#resolve = resolve;
  }

  published(): void {
    if (this.#expected === 0) this.#complete();
  }

  queued(): void {
    // It will end.
  }

  began(): void {
    // It will end.
  }

  ended(subscription: Tracked, error: DispatchError | undefined): void {
    this.#add(subscription, error === undefined ? 'handled' : 'failed', error);
  }

  dropped(subscription: Tracked): void {
    this.#add(subscription, 'dropped');
  }

  wrote(): void {
    // Not a subscription.
  }

  within(call: () => unknown): unknown {
    return call();
  }

  #add({ id, name, topic }: Tracked, outcome: Delivery['outcome'], error?: DispatchError): void {
    const delivery = { subscription: id, name, topic: topic.name, outcome };
    if (error !== undefined) this.#failures = [...this.#failures, error];
    this.#deliveries.push(Object.freeze(error === undefined ? delivery : { ...delivery, error }));
    if (this.#deliveries.length === this.#expected) this.#complete();
  }

  #complete(): void {
    const deliveries = Object.freeze(this.#deliveries);
    this.#resolve(Object.freeze({ message: this.#message, deliveries, failures: Object.freeze(this.#failures) }));
  }
}
