import type { OpenSubscription } from '../subscriptions/subscriptions-context.js';

/** Waits until no subscription is left, those included that final messages bring about. */
export class Closing {
  readonly #subscriptions: ReadonlySet<OpenSubscription>;
  #isGivenUp = false;
  #resolve: () => void = () => undefined;

  constructor(subscriptions: ReadonlySet<OpenSubscription>) {
    this.#subscriptions = subscriptions;
  }

  /** Resolves when none is left, or the waiting is given up. Once. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      void this.#wait();
    });
  }

  readonly giveUp = (): void => {
    this.#isGivenUp = true;
    this.#resolve();
  };

  async #wait(): Promise<void> {
    while (!this.#isGivenUp && this.#subscriptions.size > 0) {
      await Promise.all(Array.from(this.#subscriptions, (subscription) => subscription.join()));
    }
    this.#resolve();
  }
}
