import type { Bus } from '@stasis-rx/core';
import type { Clock } from '../ground/clock.js';
import type { Limits } from '../ground/limits.js';
import { Redactor, type Redact } from '../recording/redactor.js';
import { Tape } from '../recording/tape.js';
import { View } from '../recording/view.js';

/** What sessions are told. */
export interface InspectedOptions {
  readonly limits: Limits;
  readonly clock: Clock;
  readonly redact: Redact | undefined;
  /** Whether clients may pause, step, resume, hold and release. */
  readonly isControllable: boolean;
  /** Whether it is recorded while nobody looks. */
  readonly isAlwaysRecorded: boolean;
}

/** A bus that is inspected, by any number of clients: they share what is recorded. */
export class Inspected {
  readonly bus: Bus;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly isControllable: boolean;
  readonly tape: Tape;
  readonly view: View;
  readonly #isAlwaysRecorded: boolean;
  #clients = 0;

  /** @param tape what is recorded, where that has begun */
  constructor(
    bus: Bus,
    { limits, clock, redact, isControllable, isAlwaysRecorded }: InspectedOptions,
    tape: Tape = new Tape(bus, limits),
  ) {
    this.bus = bus;
    this.limits = limits;
    this.clock = clock;
    this.isControllable = isControllable;
    this.tape = tape;
    this.view = new View(new Redactor(bus, redact), limits);
    this.#isAlwaysRecorded = isAlwaysRecorded;
    if (isAlwaysRecorded) this.tape.start();
  }

  /** A client has come. Returns what is called when it has gone. */
  join(): () => void {
    this.#clients++;
    this.tape.start();
    let isGone = false;
    return () => {
      if (isGone) return;
      isGone = true;
      if (--this.#clients === 0 && !this.#isAlwaysRecorded) this.tape.stop();
    };
  }

  /** Records nothing more. */
  close(): void {
    this.tape.stop();
  }
}
