import { DispatchError, StasisError, type Message } from '@stasis-rx/core';
import { UnsubscriptionError } from 'rxjs';
import type { Figures } from './figures.js';
import type { Violations } from './violations.js';

/** What a handler threw. */
export interface Failure {
  readonly cause: Error;
  readonly message: Message;
}

/** A subscription whose handler may fail. */
export interface Failing {
  readonly id: string;
  readonly hasErrorHook: boolean;
  /** What its handler threw, until that is reported. */
  failure: Failure | undefined;
}

/** Who may be told of a failure: a subscription's own hook, the bus's, or RxJS's. */
export type Hook = Failing | 'bus' | 'RxJS';

/**
 * The failures of handlers: each has to be reported once, to the right hook, before the next message (T6). And those of
 * observers and topics, which have to be reported some time.
 */
export class Failures {
  readonly #figures: Figures;
  readonly #violations: Violations;
  /** The subscriptions that are not done, by id. */
  readonly #failing = new Map<string, Failing>();
  /** What observers have thrown and topics have ended by that was not reported yet, and who is to be told. */
  readonly #foreseen = new Map<unknown, Hook>();

  constructor(figures: Figures, violations: Violations) {
    this.#figures = figures;
    this.#violations = violations;
  }

  watch(witness: Failing): void {
    this.#failing.set(witness.id, witness);
  }

  forget(witness: Failing): void {
    this.#failing.delete(witness.id);
  }

  /** Makes what a handler throws. */
  happen(witness: Failing, message: Message): Error {
    this.#figures.failures++;
    const cause = new Error('a handler that fails, as it should');
    witness.failure = { cause, message };
    return cause;
  }

  /** Makes what an observer throws, or a topic ends by. */
  foresee(hook: Hook): Error {
    this.#figures.failures++;
    const cause = new Error('an observer or a topic that fails, as it should');
    this.#foreseen.set(cause, hook);
    return cause;
  }

  /** An observer has taken the error, be it of its own operator or of its topic: then it is not to be reported. */
  take(error: unknown): void {
    if (this.#foreseen.delete(error)) this.#figures.reports++;
  }

  /** @param hook who was told */
  report(error: unknown, hook: Hook): void {
    this.#figures.reports++;
    const fault = this.#faultOf(error, hook);
    if (fault !== undefined) this.#violations.report('T6', `${fault}: ${String(error)}`);
  }

  #faultOf(error: unknown, hook: Hook): string | undefined {
    if (!(error instanceof DispatchError)) return this.#faultOfForeseen(causeOf(error), hook);
    const witness = this.#failing.get(error.subscriptionId);
    if (witness === undefined) return 'a failure was reported of a subscription that is done';
    const { failure } = witness;
    witness.failure = undefined;
    if (failure?.cause !== error.cause) return 'a failure was reported that did not happen, or not now';
    if (failure?.message !== error.dispatched) return 'a failure was reported of another message';
    if (hook !== (witness.hasErrorHook ? witness : 'bus')) return 'a failure was reported to the wrong hook';
    return undefined;
  }

  #faultOfForeseen(cause: unknown, hook: Hook): string | undefined {
    const expected = this.#foreseen.get(cause);
    if (expected === undefined) return 'a failure was reported that did not happen, or twice';
    this.#foreseen.delete(cause);
    return expected === hook ? undefined : 'a failure of an observer was reported to the wrong hook';
  }
}

/** What was thrown, out of what it comes in. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof StasisError)) return error;
  const { code, cause } = error;
  if (code === 'OBSERVER' && cause instanceof UnsubscriptionError) return cause.errors[0];
  return code === 'TOPIC_FAILED' ? cause : error;
}
