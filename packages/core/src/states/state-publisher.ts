import type { Message } from '../messages/message.js';

/** An explicit publisher of one state (X2). Models `struct stasis_state_publisher`. */
export interface StatePublisher<M extends Message = Message> {
  /** Of the state that it publishes. */
  readonly id: string;
  /** The last message published for this id. */
  readonly data: M | undefined;
  /** Makes the message the state's, and publishes it. Does nothing after `unsubscribe` or the end of the state's topic. */
  publish(message: M): void;
  /** Lets go of the state; without any other publisher or subscriber it ends. */
  unsubscribe(): void;
}
