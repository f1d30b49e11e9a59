import { DispatchError, type Message } from '@stasis-rx/core';
import type { Figures } from './figures.js';
import type { Violations } from './violations.js';
import type { Witness } from './witness.js';

/** What a handler threw. */
export interface Failure {
  readonly cause: Error;
  readonly message: Message;
}

/** The failures of handlers: each has to be reported once, to the right hook, before the next message (T6). */
export class Failures {
  readonly #figures: Figures;
  readonly #violations: Violations;
  /** The subscriptions that are not done, by id. */
  readonly #witnesses = new Map<string, Witness>();

  constructor(figures: Figures, violations: Violations) {
    this.#figures = figures;
    this.#violations = violations;
  }

  watch(witness: Witness): void {
    this.#witnesses.set(witness.id, witness);
  }

  forget(witness: Witness): void {
    this.#witnesses.delete(witness.id);
  }

  /** Makes what a handler throws. */
  happen(witness: Witness, message: Message): Error {
    this.#figures.failures++;
    const cause = new Error('a handler that fails, as it should');
    witness.failure = { cause, message };
    return cause;
  }

  /** @param hook whose hook was told: a subscription's, or the bus's */
  report(error: unknown, hook: Witness | 'bus'): void {
    this.#figures.reports++;
    const fault = this.#faultOf(error, hook);
    if (fault !== undefined) this.#violations.report('T6', `${fault}: ${String(error)}`);
  }

  #faultOf(error: unknown, hook: Witness | 'bus'): string | undefined {
    if (!(error instanceof DispatchError)) return 'something failed that should not have';
    const witness = this.#witnesses.get(error.subscriptionId);
    if (witness === undefined) return 'a failure was reported of a subscription that is done';
    const { failure } = witness;
    witness.failure = undefined;
    if (failure?.cause !== error.cause) return 'a failure was reported that did not happen, or not now';
    if (failure?.message !== error.dispatched) return 'a failure was reported of another message';
    if (hook !== (witness.hasErrorHook ? witness : 'bus')) return 'a failure was reported to the wrong hook';
    return undefined;
  }
}
