import type { Observable } from 'rxjs';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message.js';
import type { Congestion } from './congestion.js';
import type { Topic } from '../topics/topic.js';

/**
 * Handles one message. A thenable or an RxJS Observable that it returns is waited for before the next message; anything
 * else that it returns is ignored. What it throws or rejects with is reported, and the subscription goes on (T6).
 *
 * @param message the message
 * @param topic the topic to which it was first published, also when a forward lies between (S2)
 * @param subscription the subscription itself, for `isFinal` and `unsubscribe`
 */
export type Handler<M extends Message = Message> = (message: M, topic: Topic, subscription: Subscription) => unknown;

/** One handler's subscription to a topic. Models `struct stasis_subscription`. */
export interface Subscription {
  /** Unique on the bus; subscription changes carry it as `uniqueId`. */
  readonly id: string;
  /** For people and for statistics. */
  readonly name: string;
  /** Where it is subscribed; a message may have been published elsewhere (S2). */
  readonly topic: Topic;
  /** Until `unsubscribe`, or the end of the topic or signal (S6). */
  readonly isSubscribed: boolean;
  /** From the moment the final message is handed over (S6). */
  readonly isDone: boolean;
  /** Messages that wait in the mailbox; the one that is being handled is not among them. */
  readonly depth: number;
  /** Adds to the filter by type, and makes it one (S8). Holds for what is published from now on. */
  accept(...types: readonly AnyMessageType[]): void;
  /** Takes away from the filter by type; a subscription without one is left as it is. */
  decline(...types: readonly AnyMessageType[]): void;
  /** Replaces the filter by formats (S8). */
  acceptFormats(...formats: readonly string[]): void;
  /** Drops both filters. */
  acceptAll(): void;
  /** Whether the message is this subscription's final message; somebody else's "Unsubscribe" is not (S5). */
  isFinal(message: Message): boolean;
  /** From `pause` to `resume`, or to the end of the subscription (H2). */
  readonly isPaused: boolean;
  /**
   * Hands nothing over from the next message on; what is published waits in the mailbox, as ever: counted, congested, bounded
   * (H2). What is being handled goes on. Does nothing when it is paused, or no longer subscribed.
   */
  pause(): void;
  /** Goes on, in a later turn. So does every way of ending the subscription: nothing that is queued is lost. */
  resume(): void;
  /**
   * While paused: hands one message over at once, on the caller's stack.
   * @returns whether there was one; `false` too when it is not paused, or still handles one
   */
  step(): boolean;
  /**
   * Stops new messages at once; what is queued is still handled, then the final message (S4). Legal at any time, also
   * twice, inside the handler, and during the final message (S7). Models `stasis_unsubscribe`.
   */
  unsubscribe(): void;
  /**
   * Waits until the final message has been handled, also when its handler fails or the filter keeps it back (S6).
   * Inside the handler, waiting for it waits for ever. Models `stasis_subscription_join`.
   */
  join(): Promise<void>;
  /**
   * Publishes on the topic and waits until this subscription has handled the message; the others get it as usual (T5).
   * Resolves also when the handler fails or the filter declines the message. Models `stasis_publish_sync`.
   */
  publishSync(message: Message): Promise<void>;
  /**
   * Alerts when the mailbox rises above high water, and when it has fallen to low water again (S10): once per crossing,
   * on the publisher's or handler's stack. Completes with the final message.
   */
  readonly congestion$: Observable<Congestion>;
  /** Same as `unsubscribe`. */
  [Symbol.dispose](): void;
  /** `unsubscribe`, then `join`. */
  [Symbol.asyncDispose](): Promise<void>;
}
