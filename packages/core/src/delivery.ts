import { MessageQueue } from './message-queue.js';

/**
 * What a bus does on the publisher's stack, first in, first out. It has one for synchronous handlers, plain observers
 * and the end of topics, and one for cache writers. A publish made meanwhile waits for what is being delivered; that
 * gives T3 without recursion.
 */
export class Delivery {
  /** Whether something is being delivered. */
  isBusy = false;
  readonly #waiting = new MessageQueue<() => void, never>();

  /** Runs the task, now or after what is being delivered. The task contains every error of the code it calls. */
  defer(task: () => void): void {
    if (this.isBusy) {
      this.#waiting.push(task);
      return;
    }
    this.begin();
    try {
      task();
    } finally {
      this.end();
    }
  }

  /** Runs the task now; what it defers waits for its end, so that no code of a user runs halfway. */
  stage(task: () => void): void {
    if (this.isBusy) task();
    else this.defer(task);
  }

  /** Runs the task after what is being delivered, or after the publish that has just begun. */
  postpone(task: () => void): void {
    this.#waiting.push(task);
  }

  /** Runs what was postponed, unless it is run anyway by what is being delivered. */
  flush(): void {
    if (this.isBusy || this.#waiting.length === 0) return;
    this.begin();
    this.end();
  }

  /** From here to {@link Delivery.end}, deferred tasks wait. Only when not busy. */
  begin(): void {
    this.isBusy = true;
  }

  /** Runs what was deferred since {@link Delivery.begin}. */
  end(): void {
    if (this.#waiting.length > 0) this.#runWaiting();
    this.isBusy = false;
  }

  #runWaiting(): void {
    try {
      while (this.#waiting.length > 0) this.#waiting.shift()();
    } finally {
      this.isBusy = false;
    }
  }
}
