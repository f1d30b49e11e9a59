import { subscribe } from '@stasis-rx/core';
import type {
  Accepted,
  AnyMessageType,
  FilterOptions,
  Handler,
  Message,
  SubscribeOptions,
  Topic,
} from '@stasis-rx/core';
import { useCallback } from 'react';
import { assertFunction, assertTopic } from './assert.js';
import { sameOptions } from './same.js';
import { useNewest } from './use-newest.js';
import { useStable } from './use-stable.js';
import { useWhileMounted } from './use-while-mounted.js';

/**
 * Hook: subscribes a handler to a topic for as long as the component is on the page; it skips nothing, and keeps all that
 * `subscribe` promises. It subscribes when the component is committed: before the browser paints and before any
 * `useEffect`, its own or another component's. What was published before that, it has missed, as everyone who comes late.
 * It stays subscribed while Suspense shows a fallback in its place. When the component goes, what is queued is still
 * handled, then the final message (S4), then nothing.
 *
 * The handler and the hooks `onError` and `onFinal` may be new ones at each render: called are those of the newest render
 * on the page. It subscribes anew when the topic or another option changes; arrays are compared by their elements. What
 * the handler throws is reported as a bus reports it, and reaches no error boundary.
 *
 * @param topic where to subscribe
 * @param handler called as by `subscribe`: one message at a time, in the order of publishing (S1, T3); without `accept` it
 * gets subscription changes too, its own first (S3)
 * @param options those of `subscribe`
 * @throws InvalidArgumentError while rendering, when there is no topic or handler; in the commit, when an option cannot work
 * @example
 * useTopic(calls, (message) => notify(`${message.data.agent} answered`), { accept: [CallAnswered] });
 */
export function useTopic<
  M extends Message,
  const Accept extends readonly AnyMessageType[] | undefined = undefined,
  Formats extends readonly string[] | undefined = undefined,
>(
  topic: Topic<M>,
  handler: Handler<Accepted<M, Accept, Formats>>,
  options?: SubscribeOptions & FilterOptions<M, Accept, Formats>,
): void;
export function useTopic(topic: Topic, handler: Handler<never>, options: SubscribeOptions = {}): void {
  assertTopic('[react] useTopic()', topic);
  assertFunction('[react] useTopic()', 'handler', handler);
  const { onError, onFinal } = options;
  const newest = useNewest({ handler: handler as Handler, onError, onFinal });
  const settings = useStable(options, sameOptions);
  const start = useCallback(() => {
    const { name = `useTopic(${topic.name})`, onError, onFinal } = settings;
    const subscription = subscribe(topic, (...received) => newest.current.handler(...received), {
      ...settings,
      name,
      onError: onError && ((error) => (newest.current.onError ?? onError)(error)),
      onFinal: onFinal && ((message) => (newest.current.onFinal ?? onFinal)(message)),
    });
    return () => {
      subscription.unsubscribe();
    };
  }, [topic, settings, newest]);
  useWhileMounted(start);
}
