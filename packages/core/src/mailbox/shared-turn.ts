import { NOTHING_AROUND, type Around } from './around-drains.js';
import { macrotask } from './macrotask.js';
import { endStretch, isStretchSpent, startStretch } from './stretch.js';
import { TimeSlice } from './time-slice.js';
import type { Turn } from './turn.js';

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
