import { NOTHING_AROUND, type Around } from './around.js';
import type { Delivery } from './delivery.js';
import { StasisError } from './errors.js';
import type { Clock } from './stopwatch.js';

/** Decides when a mailbox is drained: calls `drain` once, later. */
export type Dispatcher = (drain: () => void) => void;

/** When mailboxes are drained, and for how long at a stretch. */
export interface Turn {
  /** Whether {@link Turn.schedule} may call a user's code, and with it a drain, at once. */
  readonly isForeign: boolean;
  /** Has `drain` called, once, later. */
  schedule(drain: () => void): void;
  /** How long mailboxes may be drained at a stretch. */
  readonly slice: TimeSlice;
}

/** How long mailboxes may be drained before timers and I/O get their turn. */
const SLICE_MS = 8;
/** A clock read costs more than a delivery, so the clock is looked at once in so many messages, at the most. */
const MOST_PATIENCE = 64;

/**
 * A stretch of time given to handlers: from its first message on. Once spent it stays spent until it is renewed:
 * otherwise two asynchronous handlers that publish to each other would be given one fresh slice after the other.
 */
export class TimeSlice implements Clock {
  readonly #performance = performance;
  #untilLook = 1;
  #lookEvery = 1;
  #isFresh = true;
  #isSpent = false;
  #startedAt = 0;
  #lookedAt = 0;

  /** How many messages may be handled before {@link TimeSlice.isSpent} is to be asked: at least 1. */
  get patience(): number {
    return Math.max(this.#untilLook, 1);
  }

  renew(): void {
    this.#isFresh = true;
    this.#isSpent = false;
    this.#untilLook = this.#lookEvery = 1;
  }

  /** Starts the slice, if it is fresh. */
  begin(): void {
    if (!this.#isFresh) return;
    this.#isFresh = false;
    this.#startedAt = this.#lookedAt = this.#performance.now();
  }

  /** Whether the rest must wait, so that timers and I/O get their turn. Told how many messages were handled meanwhile. */
  isSpent(handled: number): boolean {
    if ((this.#untilLook -= handled) > 0) return false;
    if (!this.#isSpent) this.look();
    return this.#isSpent;
  }

  /** While handlers are quick it need not look often; slow ones are looked at one by one. */
  look(): number {
    this.begin();
    const now = this.#performance.now();
    this.#isSpent ||= now - this.#startedAt >= SLICE_MS;
    this.#lookEvery = now - this.#lookedAt < 1 ? Math.min(this.#lookEvery * 2, MOST_PATIENCE) : 1;
    this.#untilLook = this.#isSpent ? 0 : this.#lookEvery;
    return (this.#lookedAt = now);
  }
}

/**
 * The default: one microtask drains every mailbox that is ready; when the slice is spent, the rest waits for a macrotask.
 */
export class SharedTurn implements Turn {
  readonly isForeign = false;
  readonly slice: TimeSlice = new TimeSlice();
  readonly #around: Around;
  #ready: (() => void)[] = [];
  #isScheduled = false;

  /** @param around surrounds each run; never throws. Default: nothing does */
  constructor(around: Around = NOTHING_AROUND) {
    this.#around = around;
  }

  schedule(drain: () => void): void {
    this.#ready.push(drain);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    if (this.slice.isSpent(0)) onMacrotask(this.#startAnew);
    else void Promise.resolve().then(this.#run); // half as dear as queueMicrotask in Node
  }

  /** The bus fell idle: the next burst starts with a fresh slice, or who only ever awaits microtasks would be parked. */
  renew(): void {
    this.slice.renew();
  }

  readonly #startAnew = (): void => {
    this.slice.renew();
    this.#run();
  };

  readonly #run = (): void => this.#around(this.#runReady);

  readonly #runReady = (): void => {
    this.slice.begin();
    const ready = this.#ready;
    let next = 0;
    try {
      while (next < ready.length) {
        ready[next++]?.();
        if (next < ready.length && this.slice.isSpent(0)) break;
      }
    } finally {
      this.#ready = next < ready.length ? ready.slice(next) : [];
      this.#isScheduled = this.#ready.length > 0;
      if (this.#isScheduled) onMacrotask(this.#startAnew);
    }
  };
}

/** A user's dispatcher as a turn: each drain that it starts has a slice of its own. */
export class DispatcherTurn implements Turn {
  readonly isForeign = true;
  readonly slice: TimeSlice = new TimeSlice();
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

  schedule(drain: () => void): void {
    const run = (): void => {
      this.slice.renew();
      this.slice.begin();
      this.#around(drain);
    };
    this.#delivery.defer(() => {
      try {
        this.#dispatcher(run);
      } catch (error) {
        this.#report(
          new StasisError('DISPATCHER', '[core] the dispatcher failed; the mailbox is drained in a microtask.', {
            cause: error,
          }),
        );
        void Promise.resolve().then(run);
      }
    });
  }
}

/** The soonest task after which timers and I/O have had their turn. */
function onMacrotask(task: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (task: () => void) => unknown };
  if (setImmediate !== undefined) {
    setImmediate(task);
  } else if (typeof MessageChannel === 'function') {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      task();
    };
    port2.postMessage(undefined);
  } else {
    setTimeout(task, 0);
  }
}
