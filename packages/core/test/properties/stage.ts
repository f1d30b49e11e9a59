import type { Bus } from '@stasis-rx/core';
import { config } from 'rxjs';
import type { Action } from './action.js';
import type { Driver } from './drivers.js';
import { Failures } from './failures.js';

/** What came of a program, and what should have come of it. */
export interface Outcome {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Where programs of one kind run: what they do is done to a model and to a bus, and in the end the two are compared. */
export abstract class Stage {
  readonly driver: Driver;
  readonly failures = new Failures();
  /** What has to be settled in the end. */
  readonly promises: Promise<unknown>[] = [];
  /** Handlers that hang do so until the program has ended. */
  readonly released: Promise<void>;
  protected readonly faults: string[] = [];
  #release: () => void = () => undefined;

  constructor(driver: Driver) {
    this.driver = driver;
    config.onUnhandledError = (error) => this.failures.report(error, 'RxJS');
    this.released = new Promise((resolve) => (this.#release = resolve));
  }

  /** Tells what is wrong between two lines, if anything is. */
  abstract checkState(): void;

  /** Compares what the bus has counted with what the model has (Z1). */
  abstract checkStatistics(): void;

  /** Waits for everything, ends what there is, and tells how it went. */
  abstract end(): Promise<Outcome>;

  /** Does one line of a program; nothing that it does may throw. */
  perform<Self>(action: Action<this, Self>, self?: Self): unknown {
    try {
      return action.run(this, self);
    } catch (error) {
      this.fault(`${action.code} threw ${String(error)}`);
      return undefined;
    }
  }

  /** @param text what is wrong; nothing when nothing is */
  fault(text: string | undefined): void {
    if (text !== undefined) this.faults.push(text);
  }

  /**
   * Waits until nothing goes on any more, and closes the bus.
   *
   * @param isQuiet whether every subscription that does not hang has handled what it has to
   * @param complete completes the topics that there are, on the model and on the bus
   */
  protected async windUp(bus: Bus, isQuiet: () => boolean, complete: () => void): Promise<void> {
    // T6: a handler that hangs holds up no other subscription.
    await this.until('the subscriptions that do not hang', isQuiet);
    this.#release();
    await this.settle('bus.settled()', bus.settled());
    this.checkStatistics();
    // Handlers of final messages may ask for new topics meanwhile.
    while (bus.topics().length > 0) {
      complete();
      await this.settle('bus.settled()', bus.settled());
    }
    await this.settle('bus.close()', bus.close());
    await this.settle('every join, publishSync and end', Promise.all(this.promises));
    this.checkState();
    await this.until('every report of a failure', () => this.failures.areAllReported);
  }

  protected async settle(what: string, promise: Promise<unknown>): Promise<void> {
    const state = { isSettled: false };
    void promise.then(() => (state.isSettled = true));
    await this.until(what, () => state.isSettled);
  }

  /** Lets macrotasks pass until it is so, then timers; not for ever. */
  protected async until(what: string, isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 120; turn++) {
      if (isSo()) return;
      this.driver.flush();
      await new Promise((resolve) => (turn < 100 ? setImmediate(resolve) : setTimeout(resolve, 1)));
    }
    this.fault(`waited in vain for ${what}`);
  }
}
