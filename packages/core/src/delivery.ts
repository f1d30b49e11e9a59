import { MessageQueue } from './message-queue.js';

/** Something is being delivered. Lower than every revision. */
const BUSY = -1;
/** And something waits for its end. */
const BUSY_AND_MORE = -2;

/**
 * What a bus does on the publisher's stack, first in, first out. It has one for synchronous handlers, plain observers
 * and the end of topics, and one for cache writers. A publish made meanwhile waits for what is being delivered; that
 * gives T3 without recursion.
 */
export class Delivery {
  /** Grows with every change of who gets what on the bus: while it stands still every dispatch plan holds. */
  revision = 0;
  /**
   * The revision while nothing is being delivered, else a number below 0. So a publish learns with one comparison that its
   * plan holds and that it may deliver at once.
   */
  openAt = 0;
  readonly #waiting = new MessageQueue<() => void, never>();

  /** Whether something is being delivered. */
  get isBusy(): boolean {
    return this.openAt < 0;
  }

  /** Who gets what has changed. */
  changed(): void {
    this.revision++;
    if (!this.isBusy) this.openAt = this.revision;
  }

  /** Runs the task, now or after what is being delivered. The task contains every error of the code it calls. */
  defer(task: () => void): void {
    if (this.isBusy) {
      this.postpone(task);
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

  /** Runs the task after what is being delivered or, of a publish that has just begun, at the next {@link Delivery.flush}. */
  postpone(task: () => void): void {
    this.#waiting.push(task);
    if (this.isBusy) this.openAt = BUSY_AND_MORE;
  }

  /** Runs what was postponed, unless it is run anyway by what is being delivered. */
  flush(): void {
    if (!this.isBusy) this.#runWaiting();
  }

  /** From here to {@link Delivery.end}, deferred tasks wait. Only when not busy. */
  begin(): void {
    this.openAt = BUSY;
  }

  /** Runs what was deferred since {@link Delivery.begin}. */
  end(): void {
    if (this.openAt === BUSY) this.openAt = this.revision;
    else this.#runWaiting();
  }

  #runWaiting(): void {
    this.openAt = BUSY;
    try {
      while (this.#waiting.length > 0) this.#waiting.shift()();
    } finally {
      this.openAt = this.revision;
    }
  }
}
