import { NOTHING_AROUND, type Around } from './around.js';
import type { Delivery } from './delivery.js';
import { StasisError } from './errors.js';

/** Decides when a mailbox is drained: calls `drain` once, later. */
export type Dispatcher = (drain: () => void) => void;

/** When mailboxes are drained, and for how long at a stretch. */
export interface Turn {
  /** Whether {@link Turn.schedule} may call a user's code, and with it a drain, at once. */
  readonly isForeign: boolean;
  /** Has `drain` called, once, later. */
  schedule(drain: () => void): void;
  /** Asked after each message of a drain: whether the rest must wait, so that timers and I/O get their turn. */
  isSpent(): boolean;
}

/** How long mailboxes may be drained before timers and I/O get their turn. */
const SLICE_MS = 8;
/** A clock read costs more than a delivery, so the clock is looked at once in so many messages. */
const LOOK_EVERY = 32;

/**
 * A stretch of time given to handlers: from its first message on. Once spent it stays spent until it is renewed:
 * otherwise two asynchronous handlers that publish to each other would be given one fresh slice after the other.
 */
class TimeSlice {
  #untilLook = 0;
  #isFresh = true;
  #isSpent = false;
  #startedAt = 0;
  #lookedAt = 0;

  renew(): void {
    this.#isFresh = true;
    this.#isSpent = false;
    this.#untilLook = 0;
  }

  /** Starts the slice, if it is fresh. */
  begin(): void {
    if (!this.#isFresh) return;
    this.#isFresh = false;
    this.#startedAt = this.#lookedAt = performance.now();
  }

  /** Asked once a message, so that all but the look at the clock is one subtraction. */
  isSpent(): boolean {
    return --this.#untilLook < 0 && this.#look();
  }

  #look(): boolean {
    this.begin();
    if (this.#isSpent) return true;
    const now = performance.now();
    // Slow handlers are looked at one by one.
    this.#untilLook = now - this.#lookedAt < 1 ? LOOK_EVERY : 0;
    this.#lookedAt = now;
    return (this.#isSpent = now - this.#startedAt >= SLICE_MS);
  }
}

/**
 * The default: one microtask drains every mailbox that is ready; when the slice is spent, the rest waits for a macrotask.
 */
export class SharedTurn implements Turn {
  readonly isForeign = false;
  readonly #slice = new TimeSlice();
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
    if (this.#slice.isSpent()) onMacrotask(this.#startAnew);
    else void Promise.resolve().then(this.#run); // half as dear as queueMicrotask in Node
  }

  isSpent(): boolean {
    return this.#slice.isSpent();
  }

  /** The bus fell idle: the next burst starts with a fresh slice, or who only ever awaits microtasks would be parked. */
  renew(): void {
    this.#slice.renew();
  }

  readonly #startAnew = (): void => {
    this.#slice.renew();
    this.#run();
  };

  readonly #run = (): void => this.#around(this.#runReady);

  readonly #runReady = (): void => {
    this.#slice.begin();
    const ready = this.#ready;
    let next = 0;
    try {
      while (next < ready.length) {
        ready[next++]?.();
        if (next < ready.length && this.#slice.isSpent()) break;
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
  readonly #slice = new TimeSlice();
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
      this.#slice.renew();
      this.#slice.begin();
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

  isSpent(): boolean {
    return this.#slice.isSpent();
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
