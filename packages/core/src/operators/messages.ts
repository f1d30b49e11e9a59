import { Observable } from 'rxjs';
import { assertTopic } from '../topics/assert-topic.js';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message.js';
import {
  startSubscription,
  type Accepted,
  type FilterOptions,
  type SubscribeOptions,
} from '../subscriptions/subscribe.js';
import type { Topic } from '../topics/topic.js';

/** What `messages` takes: a subscription's options, but for those that the Observable itself is. */
export type MessagesOptions = Omit<SubscribeOptions, 'onFinal' | 'signal'>;

/**
 * A topic as a cold Observable with a mailbox: each subscriber has a subscription of its own, with all its promises, and
 * sees subscription changes too. When the topic ends it emits what is queued and the final message, if that is accepted,
 * then completes; when the topic ends by an error, it fails with that in place of completing. Leaving it unsubscribes; what
 * is queued then is dropped.
 *
 * @throws InvalidArgumentError when the topic is none; on subscribing, when an option cannot work
 * @example
 * messages(calls, { accept: [CallAnswered] }).subscribe((message) => console.log(message.data.agent));
 */
export function messages<
  M extends Message,
  const Accept extends readonly AnyMessageType[] | undefined = undefined,
  Formats extends readonly string[] | undefined = undefined,
>(
  topic: Topic<M>,
  options?: MessagesOptions & FilterOptions<M, Accept, Formats>,
): Observable<Accepted<M, Accept, Formats>>;
export function messages<M extends Message>(topic: Topic<M>, options: MessagesOptions = {}): Observable<Message> {
  assertTopic('messages', 'topic', topic);
  return new Observable((subscriber) => {
    const subscription = startSubscription(
      topic as unknown as Topic,
      (message) => {
        subscriber.next(message);
      },
      { name: `messages(${topic.name})`, ...options, signal: undefined, onFinal: undefined },
      (failure) => {
        if (failure === undefined) subscriber.complete();
        else subscriber.error(failure.error);
      },
    );
    return () => {
      subscription.unsubscribe();
    };
  });
}
