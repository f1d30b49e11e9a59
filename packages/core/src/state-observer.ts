import { assertOptionalFunction } from './assert.js';
import type { BusContext } from './bus-context.js';
import { StasisError } from './errors.js';
import type { Message } from './message.js';
import { contain } from './settlement.js';
import type { StateSubscriber } from './state-subscriber.js';

/**
 * Told of what happens to the states of a manager, in that order and on the stack of whoever did it, after what is being
 * delivered (X2). What it throws or rejects with is reported to the bus.
 */
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
  readonly #context: BusContext;

  constructor(context: BusContext) {
    this.#context = context;
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

  /** Tells each observer, after what is being delivered; one that throws does not keep it from the others. */
  tell(event: (observer: StateObserver<M>) => unknown): void {
    const told = [...this.#observers];
    this.#context.delivery.defer(() => {
      for (const added of told) if (this.#observers.has(added)) contain(() => event(added.observer), this.#fail);
    });
  }

  readonly #fail = (cause: unknown): void => {
    this.#context.report(new StasisError('STATE_OBSERVER', '[core] an observer of a state manager failed.', { cause }));
  };
}
