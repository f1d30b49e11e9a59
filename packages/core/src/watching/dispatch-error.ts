import { describeCause, StasisError } from '../errors/errors.js';
import type { Message } from '../messages/message.js';

/**
 * A handler threw or rejected. Never reaches the publisher or another subscription (T6): it is reported once, to the
 * subscription's `onError`, else the bus's, else where RxJS reports an unhandled error. Code `DISPATCH`.
 */
export class DispatchError extends StasisError {
  /** Name of the topic to which the message was first published. */
  readonly topic: string;
  /** The `id` of the subscription whose handler failed. */
  readonly subscriptionId: string;
  /** The message whose handling failed. */
  readonly dispatched: Message;

  constructor(topic: string, subscriptionId: string, dispatched: Message, cause: unknown) {
    super(
      'DISPATCH',
      `[core] subscription "${subscriptionId}" failed on a "${dispatched.type.name}" of topic "${topic}": ${describeCause(cause)}`,
      { cause },
    );
    this.topic = topic;
    this.subscriptionId = subscriptionId;
    this.dispatched = dispatched;
  }
}
