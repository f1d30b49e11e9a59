import type { Message } from './message.js';
import type { State } from './state.js';
import { subscribe, type Received, type SubscribeOptions } from './subscribe.js';
import type { Handler, Subscription } from './subscription.js';

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

/** The class behind {@link StateSubscriber}: holds its state for as long as it is subscribed. */
export class LiveStateSubscriber<M extends Message> implements StateSubscriber<M> {
  readonly id: string;
  readonly subscription: Subscription;
  readonly #state: State<M>;
  readonly #onRelease: (subscriber: this) => void;

  /** @param onRelease called once, when it lets go of the state */
  constructor(
    state: State<M>,
    handler: Handler<Received<M>>,
    options: SubscribeOptions,
    onRelease: (subscriber: StateSubscriber<M>) => void,
  ) {
    this.id = state.id;
    this.#state = state;
    this.#onRelease = onRelease;
    state.hold(this);
    try {
      this.subscription = subscribe(state.topic, handler, options);
    } catch (error) {
      state.release(this);
      throw error;
    }
    void this.subscription.join().then(() => this.#release());
  }

  get data(): M | undefined {
    return this.#state.data;
  }

  unsubscribe(): void {
    this.subscription.unsubscribe();
    this.#release();
  }

  join(): Promise<void> {
    return this.subscription.join();
  }

  #release(): void {
    if (this.#state.release(this)) this.#onRelease(this);
  }
}
