import type { Message } from '../messages/message.js';
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
