import { MessageQueue } from './message-queue.js';
import { StasisError } from '../errors/errors.js';
import type { Reporter } from '../errors/observers.js';

/** Something is being delivered. Lower than every revision. */
const BUSY = -1;
/** And something waits for its end. */
const BUSY_AND_MORE = -2;

/** More publishes than this, each made inside the delivery of the one before, are a loop. */
const LONGEST_CHAIN = 1_000_000;
/** In a chain longer than this as many waiting publishes are one, too. */
const BRANCHED_CHAIN = 20;

/**
 * What a bus does on the publisher's stack, first in, first out. It has one for synchronous handlers, plain observers
 * and the end of topics, and one for cache writers. A publish made meanwhile waits for what is being delivered; that
 * gives T3 without recursion.
 */
export class Trampoline {
  /** Grows with every change of who gets what on the bus: while it stands still every dispatch plan holds. */
  revision = 0;
  /**
   * The revision while nothing is being delivered, else a number below 0. So a publish learns with one comparison that its
   * plan holds and that it may deliver at once.
   */
  openAt = 0;
  /** Grows whenever a synchronous handler ceases to be idle: what comes for it then has to go another way. */
  detours = 0;
  readonly #waiting = new MessageQueue<() => void, never>();
  readonly #reporter: Reporter;
  /** How many publishes, each made inside the last, have led to what is being delivered. */
  #chain = 0;

  /** @param reporter takes what a task throws: it is a task's own duty that nothing comes to that */
  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** Whether something is being delivered. */
  get isBusy(): boolean {
    return this.openAt < 0;
  }

  /** Who gets what has changed. */
  changed(): void {
    this.revision++;
    if (!this.isBusy) this.openAt = this.revision;
  }

  /** Runs the task, now or after what is being delivered. Never throws. */
  defer(task: () => void): void {
    if (this.isBusy) {
      this.postpone(task);
      return;
    }
    this.begin();
    this.#attempt(task);
    this.end();
  }

  /**
   * Runs the task now, and gives what it returns or throws; what it defers waits for its end, so that no code of a user runs
   * halfway.
   */
  run<Result>(task: () => Result): Result {
    if (this.isBusy) return task();
    this.begin();
    try {
      return task();
    } finally {
      this.end();
    }
  }

  /** Runs the task after what is being delivered or, of a publish that has just begun, at the next {@link Trampoline.flush}. */
  postpone(task: () => void): void {
    this.#waiting.push(task);
    if (this.isBusy) this.openAt = BUSY_AND_MORE;
  }

  /**
   * Whether the publishes made from inside deliveries come to no end: a topic that observes itself, or others in a circle.
   * A chain of so many has been seen to end by nobody; one whose publishes bring about several others each is as wide as
   * memory is large before it is so long.
   */
  get isEndless(): boolean {
    return this.#chain > LONGEST_CHAIN || (this.#chain > BRANCHED_CHAIN && this.#waiting.length > LONGEST_CHAIN);
  }

  /** Runs what was postponed, unless it is run anyway by what is being delivered. */
  flush(): void {
    if (!this.isBusy && this.#waiting.length > 0) this.#runWaiting();
  }

  /** From here to {@link Trampoline.end}, deferred tasks wait. Only when not busy. */
  begin(): void {
    this.openAt = BUSY;
  }

  /** Runs what was deferred since {@link Trampoline.begin}. */
  end(): void {
    if (this.openAt === BUSY) this.openAt = this.revision;
    else this.#runWaiting();
  }

  /** What waits was brought about by what ran before: whenever all of that is through, the chain is longer by one. */
  #runWaiting(): void {
    const waiting = this.#waiting;
    this.openAt = BUSY;
    for (this.#chain = 1; waiting.length > 0; this.#chain++) {
      for (let left = waiting.length; left > 0; left--) this.#attempt(waiting.shift());
    }
    this.#chain = 0;
    this.openAt = this.revision;
  }

  /** A task that throws leaves the others to run. */
  #attempt(task: () => void): void {
    try {
      task();
    } catch (cause) {
      this.#reporter.report(new StasisError('DELIVERY', '[core] a part of a delivery failed.', { cause }));
    }
  }
}
