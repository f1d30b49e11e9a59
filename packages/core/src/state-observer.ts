import { assertOptionalFunction } from './assert.js';
import { StasisError } from './errors.js';
import type { Message } from './message.js';
import { contain } from './settlement.js';
import type { StateSubscriber } from './state-subscriber.js';

/** Told of what happens to the states of a manager, on the stack of whoever did it (X2). What it throws is reported to the bus. */
export interface StateObserver<M extends Message = Message> {
  /** A subscriber to the state of this id has come. */
  readonly subscribe?: ((id: string, subscriber: StateSubscriber<M>) => unknown) | undefined;
  /** It has let go of the state: told once. */
  readonly unsubscribe?: ((id: string, subscriber: StateSubscriber<M>) => unknown) | undefined;
  /** A message has been published for this id. */
  readonly publish?: ((id: string, message: M) => unknown) | undefined;
}

/** The observers of one state manager. */
export class StateObservers<M extends Message> {
  readonly #observers = new Set<{ readonly observer: StateObserver<M> }>();
  readonly #report: (error: StasisError) => void;

  constructor(report: (error: StasisError) => void) {
    this.#report = report;
  }

  /** Returns what removes it again. */
  add(observer: StateObserver<M>): () => void {
    for (const event of ['subscribe', 'unsubscribe', 'publish'] as const) {
      assertOptionalFunction('[core] states.observe()', event, observer[event]);
    }
    const added = { observer };
    this.#observers.add(added);
    return () => this.#observers.delete(added);
  }

  /** Tells each observer; one that throws does not keep it from the others. */
  tell(event: (observer: StateObserver<M>) => unknown): void {
    for (const { observer } of [...this.#observers]) contain(() => event(observer), this.#fail);
  }

  readonly #fail = (cause: unknown): void => {
    this.#report(new StasisError('STATE_OBSERVER', '[core] an observer of a state manager failed.', { cause }));
  };
}
