import { SubscriptionChange } from '@stasis-rx/core';
import type { Accepted, AnyMessageType, FilterOptions, Message, SubscribeOptions, Topic } from '@stasis-rx/core';
import { useMemo, useState } from 'react';
import { assertPositiveInteger } from './assert.js';
import { sameSource, type Source } from './same.js';
import { useStable } from './use-stable.js';
import { useTopic } from './use-topic.js';

/** What {@link useMessages} takes: the options of a subscription, and how many messages to keep. */
export interface UseMessagesOptions extends Omit<SubscribeOptions, 'acceptFormats'> {
  /** How many messages are kept: an integer of at least 1. Default: 100. */
  readonly limit?: number | undefined;
}

/**
 * Hook: the newest messages that were published on a topic since the component is on the page, the oldest first. The array
 * stays the same one until another message comes. A state: React may skip arrays between two renders, but no message is
 * left out of them. It subscribes as {@link useTopic} does.
 *
 * @param topic where to subscribe; with another topic or other types it starts anew
 * @param options those of `subscribe`, but for `acceptFormats`; `accept`: the message types, by default all that is
 * published, which subscription changes are not; `limit`
 * @throws InvalidArgumentError while rendering, when there is no topic or the limit cannot work
 * @example
 * const answered = useMessages(calls, { accept: [CallAnswered], limit: 20 });
 * return <ul>{answered.map(({ data }) => <li key={data.id}>{data.agent}</li>)}</ul>;
 */
export function useMessages<M extends Message, const Accept extends readonly AnyMessageType[] | undefined = undefined>(
  topic: Topic<M>,
  options?: UseMessagesOptions & Omit<FilterOptions<M, Accept, undefined>, 'acceptFormats'>,
): readonly ([Accept] extends [undefined] ? M : Accepted<M, Accept, undefined>)[];
export function useMessages(topic: Topic, { limit = 100, ...options }: UseMessagesOptions = {}): readonly Message[] {
  assertPositiveInteger('[react] useMessages()', 'limit', limit, 'Leave it out for 100.');
  const source = useStable<Source>({ topic, accept: options.accept }, sameSource);
  const [seen, setSeen] = useState<Seen>({ source, messages: NONE });
  useTopic(
    topic,
    (message: Message, _origin, subscription) => {
      // It may be left of a former topic or filter.
      if (subscription.topic !== source.topic || !isWanted(message, source.accept)) return;
      setSeen((before) => {
        const messages = before.source === source ? before.messages : NONE;
        return { source, messages: [...messages, message].slice(-limit) };
      });
    },
    { name: `useMessages(${topic.name})`, ...options },
  );
  const messages = seen.source === source ? seen.messages : NONE;
  return useMemo(() => (messages.length > limit ? messages.slice(-limit) : messages), [messages, limit]);
}

/** What came, and of what. */
interface Seen {
  readonly source: Source;
  readonly messages: readonly Message[];
}

const NONE: readonly Message[] = [];

function isWanted({ type }: Message, accept: Source['accept']): boolean {
  if (accept === undefined) return type.identity !== SubscriptionChange.identity;
  return accept.some(({ identity }) => identity === type.identity);
}
