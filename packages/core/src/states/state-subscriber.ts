import type { Message } from '../messages/message.js';
import type { State } from './state.js';
import { subscribe, type Received, type SubscribeOptions } from '../subscriptions/subscribe.js';
import type { Handler, Subscription } from '../subscriptions/subscription.js';

/** A subscriber to one state (X1). Models `struct stasis_state_subscriber`. */
export interface StateSubscriber<M extends Message = Message> {
  /** Of the state that it is subscribed to. */
  readonly id: string;
  /** The last message published for this id, also before this subscriber came. */
  readonly data: M | undefined;
  /** The subscription to the state's topic. */
  readonly subscription: Subscription;
  /** Ends the subscription and lets go of the state. */
  unsubscribe(): void;
  /** Waits until the final message has been handled. */
  join(): Promise<void>;
}

/**
 * Subscribes to a state, and holds it for as long as it is subscribed.
 *
 * @param onRelease called once, when it lets go of the state
 */
export function subscribeToState<M extends Message>(
  state: State<M>,
  handler: Handler<Received<M>>,
  options: SubscribeOptions,
  onRelease: () => void,
): StateSubscriber<M> {
  const holder = {};
  const release = (): void => {
    if (state.release(holder)) onRelease();
  };
  state.holders.add(holder);
  let subscription: Subscription;
  try {
    subscription = subscribe(state.topic, handler, options);
  } catch (error) {
    state.release(holder);
    throw error;
  }
  void subscription.join().then(release);
  return {
    id: state.id,
    subscription,
    get data() {
      return state.data;
    },
    unsubscribe() {
      subscription.unsubscribe();
      release();
    },
    join: () => subscription.join(),
  };
}
