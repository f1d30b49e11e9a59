import type { AnyMessageType, Message } from '../messages/message.js';
import type { Accepted, FilterOptions, SubscribeOptions } from '../subscriptions/subscribe.js';
import type { Handler } from '../subscriptions/subscription.js';
import type { Topic } from '../topics/topic.js';
import type { StateObserver } from './state-observer.js';
import type { StatePublisher } from './state-publisher.js';
import type { StateSubscriber } from './state-subscriber.js';

/**
 * Keeps one topic and its last message per id, all forwarded to one topic (X1). A state lives as long as it has a
 * publisher or a subscriber, or until its topic ends, as it does when the bus closes. With the state its topic ends, but
 * for one that was made by its name, and one that somebody else still listens to or has in a pool. Models `struct stasis_state_manager`.
 */
export interface StateManager<M extends Message = Message> {
  /** The topic to which every state's topic is forwarded. */
  readonly topic: Topic<M>;
  /** The ids of the states that live; a snapshot. */
  ids(): string[];
  /** The last message published for this id, without holding on to the state; `undefined` when there is none. */
  get(id: string): M | undefined;
  /**
   * The ids of the states that live, each with its last message, without holding on to them; a snapshot, in the order in
   * which they came. O(states). Models `stasis_state_callback_all`.
   */
  entries(): [id: string, data: M | undefined][];
  /** A publisher that holds on to the state until it unsubscribes. Models `stasis_state_add_publisher`. */
  publisher(id: string): StatePublisher<M>;
  /** Subscribes to one state's topic, as `subscribe` does. Models `stasis_state_subscribe_pool`. */
  subscribe<
    const Accept extends readonly AnyMessageType[] | undefined = undefined,
    Formats extends readonly string[] | undefined = undefined,
  >(
    id: string,
    handler: Handler<Accepted<M, Accept, Formats>>,
    options?: SubscribeOptions & FilterOptions<M, Accept, Formats>,
  ): StateSubscriber<M>;
  /**
   * Publishes as an implicit publisher: one for each id and entity, which holds on to the state until it is removed.
   * @param eid default: the message's own
   */
  publish(id: string, message: M, eid?: string | null): void;
  /**
   * Removes an implicit publisher, after publishing a last message for it. Models `stasis_state_remove_publish_by_id`.
   * @param eid default: the last message's, else the local entity
   * @returns whether there was such a publisher
   */
  remove(id: string, eid?: string | null, lastMessage?: M): boolean;
  /** Has an observer told from now on. Models `stasis_state_add_observer`. */
  observe(observer: StateObserver<M>): {
    /** Has it told no more. */
    unsubscribe(): void;
  };
}
