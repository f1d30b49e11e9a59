import { settlement, type Asynchronous } from '../errors/settlement.js';
import type { Consumer } from './consumer.js';

/** What a mailbox waits for before it hands over the next item: one result of its consumer at a time. */
export class AwaitedResult<Item, Origin> {
  readonly #consumer: Consumer<Item, Origin>;
  readonly #whenSettled: () => void;
  #item: Item | undefined;
  #origin: Origin | undefined;

  constructor(consumer: Consumer<Item, Origin>, whenSettled: () => void) {
    this.#consumer = consumer;
    this.#whenSettled = whenSettled;
  }

  /** Waits for what the consumer returned for an item. */
  waitFor(result: Asynchronous, item: Item, origin: Origin | undefined): void {
    this.#item = item;
    this.#origin = origin;
    try {
      // Its own `then` has been looked at, and may be another one by now.
      void Promise.prototype.then.call(settlement(result), this.#fulfilled, this.#rejected);
    } catch (error) {
      // A promise is taken as it is, and a user may have put anything on it.
      void Promise.reject(error as Error).then(this.#fulfilled, this.#rejected);
    }
  }

  readonly #fulfilled = (): void => {
    this.#item = this.#origin = undefined;
    this.#whenSettled();
  };

  readonly #rejected = (error: unknown): void => {
    this.#consumer.fail(error, this.#item as Item, this.#origin);
    this.#fulfilled();
  };
}
