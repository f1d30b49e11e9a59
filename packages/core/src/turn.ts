import { NOTHING_AROUND, type Around } from './around.js';
import type { Delivery } from './delivery.js';
import { StasisError } from './errors.js';
import { macrotask } from './macrotask.js';
import { contain } from './settlement.js';
import type { Clock } from './stopwatch.js';
import {
  endStretch,
  isStretchOld,
  isStretchSpent,
  spendStretch,
  startStretch,
  STRETCH_MS,
  stretchAllowance,
} from './stretch.js';

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

/** A clock read costs more than a delivery, so the clock is looked at once in so many messages, at the most. */
const MOST_PATIENCE = 64;
/** So many bursts may begin when a stretch is old: after that they are a loop of microtasks, and have to wait. */
const MOST_LATE_BURSTS = 4;

/** How long mailboxes may be drained until timers and I/O get their turn, as one turn sees it. */
export class TimeSlice implements Clock {
  readonly #performance = performance;
  readonly #isShared: boolean;
  #untilLook = 1;
  #lookEvery = 1;
  #isResumed = true;
  #isSpent = false;
  /** From when on the time is measured. */
  #startedAt = 0;
  #beganAt = 0;
  #lookedAt = 0;
  #lateBursts = 0;

  /** @param isShared whether it is a part of what all buses may drain at a stretch */
  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** How many messages may be handled before {@link TimeSlice.isSpent} is to be asked: at least 1. */
  get patience(): number {
    return Math.max(this.#untilLook, 1);
  }

  /** A burst begins. Returns the time. */
  begin(): number {
    const now = this.#performance.now();
    this.#beginAt(now);
    this.#lookEvery = 1;
    this.#untilLook = this.#isSpent ? 0 : 1;
    return (this.#lookedAt = now);
  }

  /** Something goes on, perhaps after timers and I/O have had their turn. Looks at the clock when that is due anyway. */
  resume(): void {
    if (!this.#isShared) return;
    this.#isResumed = true;
    if (this.#isSpent) this.#untilLook = 1;
    this.#isSpent = false;
  }

  /** A burst has ended. */
  end(): void {
    spendStretch(this.#performance.now() - this.#beganAt);
  }

  /** Whether the rest must wait, so that timers and I/O get their turn. Told how many messages were handled meanwhile. */
  isSpent(handled: number): boolean {
    if ((this.#untilLook -= handled) > 0) return false;
    if (!this.#isSpent) this.look();
    return this.#isSpent;
  }

  /** While handlers are quick it need not look often; slow ones are looked at one by one. */
  look(): number {
    const now = this.#performance.now();
    if (this.#isResumed) this.#beginAt(now);
    this.#isSpent ||= now - this.#startedAt >= STRETCH_MS;
    this.#lookEvery = now - this.#lookedAt < 1 ? Math.min(this.#lookEvery * 2, MOST_PATIENCE) : 1;
    this.#untilLook = this.#isSpent ? 0 : this.#lookEvery;
    return (this.#lookedAt = now);
  }

  #beginAt(now: number): void {
    this.#isResumed = false;
    this.#beganAt = this.#startedAt = now;
    if (this.#isShared) {
      this.#lateBursts = isStretchOld(now) ? this.#lateBursts + 1 : 0;
      this.#startedAt = now - STRETCH_MS + stretchAllowance(now);
    }
    this.#isSpent = this.#lateBursts > MOST_LATE_BURSTS;
  }
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
