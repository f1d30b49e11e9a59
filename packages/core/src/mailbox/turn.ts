import { NOTHING_AROUND, type Around } from './around.js';
import type { Delivery } from './delivery.js';
import { StasisError } from '../errors/errors.js';
import { macrotask } from './macrotask.js';
import { contain } from '../errors/settlement.js';
import { endStretch, isStretchSpent, startStretch } from './stretch.js';
import { TimeSlice } from './time-slice.js';

/** Decides when a mailbox is drained: calls `drain` once, later. */
export type Dispatcher = (drain: () => void) => void;

/** When mailboxes are drained, and for how long at a stretch. */
export interface Turn {
  /** Whether {@link Turn.schedule} may call a user's code, and with it a drain, at once. */
  readonly isForeign: boolean;
  /** Has `drain` called, once, later. */
  schedule(drain: () => void): void;
  /** The same, for the rest of what was drained until the slice was spent. */
  giveWay(drain: () => void): void;
  /** Has `drain` called at once: it goes on after an asynchronous handler. */
  resume(drain: () => void): void;
  /** How long mailboxes may be drained at a stretch. */
  readonly slice: TimeSlice;
}

/**
 * The default: one microtask drains every mailbox that is ready; when the stretch is spent, the rest waits for a macrotask.
 */
export class SharedTurn implements Turn {
  readonly isForeign = false;
  readonly slice: TimeSlice = new TimeSlice(true);
  readonly #around: Around;
  readonly #later = macrotask();
  #ready: (() => void)[] = [];
  #isScheduled = false;
  /** Whether the rest of something waits for the next macrotask, and with it all that is queued meanwhile. */
  #hasGivenWay = false;

  /** @param around surrounds each run; never throws. Default: nothing does */
  constructor(around: Around = NOTHING_AROUND) {
    this.#around = around;
  }

  schedule(drain: () => void): void {
    this.#ready.push(drain);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void Promise.resolve().then(this.#run); // half as dear as queueMicrotask in Node
  }

  giveWay(drain: () => void): void {
    this.#hasGivenWay = true;
    this.schedule(drain);
  }

  resume(drain: () => void): void {
    this.slice.resume();
    this.#around(drain);
  }

  readonly #run = (): void => {
    this.slice.begin();
    if (this.#hasGivenWay || this.slice.isSpent(0)) this.#park();
    else this.#around(this.#runReady);
  };

  readonly #runReady = (): void => {
    const ready = this.#ready;
    let next = 0;
    try {
      while (next < ready.length) {
        ready[next++]?.();
        if (next < ready.length && this.slice.isSpent(0)) break;
      }
    } finally {
      this.slice.end();
      this.#ready = next < ready.length ? ready.slice(next) : [];
      this.#isScheduled = this.#hasGivenWay = this.#ready.length > 0;
      if (this.#isScheduled) this.#park();
    }
  };

  #park(): void {
    endStretch();
    this.#later(this.#goOn);
  }

  /** Timers and I/O have had their turn; others may have gone on before this one, and left it little of the next stretch. */
  readonly #goOn = (): void => {
    if (!isStretchSpent()) startStretch(performance.now());
    this.slice.begin();
    this.#around(this.#runReady);
  };
}

/** A user's dispatcher as a turn: each drain that it starts has a slice of its own. */
export class DispatcherTurn implements Turn {
  readonly isForeign = true;
  readonly slice: TimeSlice = new TimeSlice(false);
  readonly #dispatcher: Dispatcher;
  readonly #around: Around;
  readonly #delivery: Delivery;
  readonly #report: (error: StasisError) => void;

  /**
   * @param around surrounds each drain; never throws
   * @param delivery the dispatcher is called outside of what is being delivered: it may drain at once
   * @param report takes what the dispatcher throws; the drain then runs in a microtask, so that nothing is lost
   */
  constructor(dispatcher: Dispatcher, around: Around, delivery: Delivery, report: (error: StasisError) => void) {
    this.#dispatcher = dispatcher;
    this.#around = around;
    this.#delivery = delivery;
    this.#report = report;
  }

  giveWay(drain: () => void): void {
    this.schedule(drain);
  }

  resume(drain: () => void): void {
    this.#around(drain);
  }

  schedule(drain: () => void): void {
    const run = (): void => {
      this.slice.begin();
      this.#around(drain);
    };
    const fail = (cause: unknown): void => {
      const text = '[core] the dispatcher failed; the mailbox is drained in a microtask.';
      this.#report(new StasisError('DISPATCHER', text, { cause }));
      void Promise.resolve().then(run);
    };
    this.#delivery.defer(() => {
      contain(() => this.#dispatcher(run), fail);
    });
  }
}
