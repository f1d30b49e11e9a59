import type { AnyMessageType, Carried, Message, MessageOf, SubscribeOptions, Topic } from '@stasis-rx/core';
import { useState } from 'react';
import { assertType } from './assert.js';
import { sameSource, type Source } from './same.js';
import { useStable } from './use-stable.js';
import { useTopic } from './use-topic.js';

/** What {@link useLatest} takes: the options of a subscription, but for its filters. */
export type UseLatestOptions = Omit<SubscribeOptions, 'accept' | 'acceptFormats'>;

/**
 * Hook: the newest message of a type that was published on a topic since the component is on the page; `undefined` before
 * the first. A state: React may skip values between two renders. It subscribes as {@link useTopic} does. To have what was
 * published earlier, use a cache and `useCached`.
 *
 * @param topic where to subscribe; with another topic or type it starts anew
 * @param type the message type; as in a filter, one whose messages the topic can carry
 * @param options those of `subscribe`, but for filters. `dispatcher`: when the state changes, for instance once a frame
 * @throws InvalidArgumentError while rendering, when there is no topic or type
 * @example
 * const queue = useLatest(queues, QueueLength);
 * return <p>{queue?.data.waiting ?? 'unknown'}</p>;
 */
export function useLatest<M extends Message, Type extends AnyMessageType>(
  topic: Topic<M>,
  type: Carried<M, Type>,
  options: UseLatestOptions = {},
): MessageOf<Type> | undefined {
  assertType('[react] useLatest()', type);
  const source = useStable<Source>({ topic, accept: [type] }, sameSource);
  const [seen, setSeen] = useState<Seen>();
  useTopic(
    topic,
    (message, _origin, subscription) => {
      if (subscription.topic !== source.topic || !type.is(message)) return; // left of a former topic or type
      setSeen({ source, message });
    },
    { name: `useLatest(${type.name})`, ...options, accept: [type as AnyMessageType] },
  );
  return seen?.source === source ? (seen.message as MessageOf<Type>) : undefined;
}

/** What came, and of what. */
interface Seen {
  readonly source: Source;
  readonly message: Message;
}
