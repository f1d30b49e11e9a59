import type { Message } from '../messages/message.js';
import type { Received } from '../subscriptions/subscribe.js';
import { SubscriptionChange, type SubscriptionChangeData } from '../messages/subscription-change.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { Topic } from '../topics/topic.js';

/** What one subscription received, in the order in which it came. The lists are live: they grow with each message. */
export interface Recorder<M extends Message = Message> {
  /** The handler to subscribe, in one place only. It serves as a plain RxJS observer too, which sees no topics. */
  readonly handler: (message: Received<M>, topic?: Topic, subscription?: Subscription) => void;
  /** Everything: published messages and subscription changes. */
  readonly messages: readonly Received<M>[];
  /** The data of the published messages, subscription changes left out. */
  readonly data: readonly M['data'][];
  /** What the subscription changes told, its own included. */
  readonly changes: readonly SubscriptionChangeData[];
  /** Its final messages: one, when all went well (S4). */
  readonly finals: readonly Message<SubscriptionChangeData>[];
  /** The topic to which each of `messages` was first published (S2). */
  readonly topics: readonly Topic[];
  /**
   * Waits until so many published messages have come, subscription changes not counted.
   * @returns the data of the first `count`
   */
  received(count: number): Promise<readonly M['data'][]>;
}

/**
 * Makes a recorder of what a subscription receives.
 *
 * @example
 * const recorder = createRecorder();
 * subscribe(calls, recorder.handler);
 * calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
 * await recorder.received(1); // [{ id: '1', agent: 'ann' }]
 */
export function createRecorder<M extends Message = Message>(): Recorder<M> {
  return new LiveRecorder<M>();
}

class LiveRecorder<M extends Message> implements Recorder<M> {
  readonly messages: Received<M>[] = [];
  readonly data: M['data'][] = [];
  readonly changes: SubscriptionChangeData[] = [];
  readonly finals: Message<SubscriptionChangeData>[] = [];
  readonly topics: Topic[] = [];
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  readonly handler = (message: Received<M>, topic?: Topic, subscription?: Subscription): void => {
    this.messages.push(message);
    if (topic !== undefined) this.topics.push(topic);
    if (SubscriptionChange.is(message)) this.#recordChange(message, subscription);
    else this.#recordPublished(message);
  };

  async received(count: number): Promise<readonly M['data'][]> {
    if (this.data.length < count) await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
    return this.data.slice(0, count);
  }

  #recordChange(message: Message<SubscriptionChangeData>, subscription: Subscription | undefined): void {
    this.changes.push(message.data);
    if (subscription?.isFinal(message) === true) this.finals.push(message);
  }

  #recordPublished(message: M): void {
    this.data.push(message.data);
    const isReached = ({ count }: { readonly count: number }): boolean => count <= this.data.length;
    const reached = this.#waiting.filter(isReached);
    this.#waiting = this.#waiting.filter((waiter) => !isReached(waiter));
    for (const { resolve } of reached) resolve();
  }
}
