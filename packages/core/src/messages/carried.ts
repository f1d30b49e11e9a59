import type { Message } from './message.js';
import type { MessageOf } from './message-type.js';
import type { AnyMessageType } from './message.js';
import type { SubscriptionChangeData } from './subscription-change.js';

/**
 * For signatures: a message type, where a topic of `M` may carry messages of it; else what no message type is, a text that
 * says why. Types are compared by their data: one is refused when neither its messages are assignable to those of the topic
 * nor those of the topic to its own. `SubscriptionChange` and `CacheClear` come on every topic; of an
 * {@link AnyMessageType}, and of a topic of any message, nothing is known, so nothing is refused.
 *
 * @example
 * function logEach<M extends Message, Type extends AnyMessageType>(topic: Topic<M>, type: Carried<M, Type>): void {
 *   topic.pipe(ofType(type as AnyMessageType)).subscribe((message) => console.log(message.data));
 * }
 */
export type Carried<M extends Message, Type> =
  Possible<M, MessageOf<Extract<Type, AnyMessageType>>> extends never
    ? // A topic of any message refuses none, also where the type is a type parameter.
      Message extends M
      ? AnyMessageType
      : AnyMessageType & 'this topic carries no such messages'
    : Type;

/** For signatures: an array of message types, each as {@link Carried} has it. */
export type EachCarried<M extends Message, Types> = {
  readonly [Index in keyof Types]: Carried<M, Types[Index]>;
};

/** Which of these messages may come on a topic of `M`; what is asked first does not depend on `M`, which may be a parameter. */
type Possible<M extends Message, Made> = Made extends unknown
  ? Message extends Made
    ? Made
    : Made extends OnEveryTopic
      ? Made
      : Related<M, Made>
  : never;

/** What a topic carries beside its own messages: what it announces, and what every `publish` takes. */
type OnEveryTopic = Message<SubscriptionChangeData> | Message<Message>;

/**
 * The message, where it is one of `M` or one of `M` is it. `M` stands on the left of each `extends`, in a function for the
 * second: so a type that has it in a method, as a router has, can be compared with its like of another `M`.
 */
type Related<M, Made> = M extends Made ? Made : ((message: M) => void) extends (message: Made) => void ? Made : never;
