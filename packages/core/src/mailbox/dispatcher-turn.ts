import { contain } from '../errors/contain.js';
import { StasisError } from '../errors/errors.js';
import type { Around } from './around-drains.js';
import { TimeSlice } from './time-slice.js';
import type { Trampoline } from './trampoline.js';
import type { Dispatcher, Turn } from './turn.js';

/** A user's dispatcher as a turn: each drain that it starts has a slice of its own. */
export class DispatcherTurn implements Turn {
  readonly isForeign = true;
  readonly slice: TimeSlice = new TimeSlice(false);
  readonly #dispatcher: Dispatcher;
  readonly #around: Around;
  readonly #delivery: Trampoline;
  readonly #report: (error: StasisError) => void;

  /**
   * @param around surrounds each drain; never throws
   * @param delivery the dispatcher is called outside of what is being delivered: it may drain at once
   * @param report takes what the dispatcher throws; the drain then runs in a microtask, so that nothing is lost
   */
  constructor(dispatcher: Dispatcher, around: Around, delivery: Trampoline, report: (error: StasisError) => void) {
    this.#dispatcher = dispatcher;
    this.#around = around;
    this.#delivery = delivery;
    this.#report = report;
  }

  giveWay(drain: () => void): void {
    this.schedule(drain);
  }

  resume(drain: () => void): void {
    this.slice.resume();
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
