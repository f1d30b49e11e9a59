import { assertNotInReactiveContext, DestroyRef } from '@angular/core';
import {
  subscribe,
  type Accepted,
  type AnyMessageType,
  type FilterOptions,
  type Handler,
  type Message,
  type SubscribeOptions,
  type Subscription,
  type Topic,
} from '@stasis-rx/core';
import { assertFunction } from './assert.js';
import { injectorFor, type InjectorOption } from './injector-for.js';
import { untrackedly } from './untrackedly.js';
import { whenDestroyed } from './when-destroyed.js';

/** A subscription's options, and whose end is its end. */
export interface SubscribeUntilDestroyedOptions extends SubscribeOptions, InjectorOption {}

/**
 * Subscribes a handler to a topic, until the component, directive or service around the call is destroyed. All promises
 * of `subscribe` hold: every message, one at a time, in order (S1, T3).
 *
 * After the destruction what was queued is still handled, then comes the final message, then nothing more (S4): a
 * handler may be called for a component that is gone. `subscription.isSubscribed` is false by then.
 *
 * @param topic where to subscribe
 * @param handler called as by `subscribe`; in Angular's zone, on a bus that `provideBus` made (see there). Whatever it, the
 * `dispatcher`, `onError` and `onFinal` read, an effect or `computed` that publishes does not depend on it; and they may
 * write signals
 * @param options as for `subscribe`; `injector`: instead of that of the injection context. When that is destroyed already,
 * the subscription gets its own announcement and its final message
 * @returns the subscription, to be ended earlier, or joined
 * @throws InvalidArgumentError when an argument or option cannot work
 * @throws StasisError `INJECTION_CONTEXT_MISSING` outside of an injection context
 * @example
 * class CallList {
 *   constructor() {
 *     subscribeUntilDestroyed(injectTopic('calls'), (message) => console.log(message.data.agent), { accept: [CallAnswered] });
 *   }
 * }
 */
export function subscribeUntilDestroyed<
  M extends Message,
  const Accept extends readonly AnyMessageType[] | undefined = undefined,
  Formats extends readonly string[] | undefined = undefined,
>(
  topic: Topic<M>,
  handler: Handler<Accepted<M, Accept, Formats>>,
  options?: SubscribeUntilDestroyedOptions & FilterOptions<M, Accept, Formats>,
): Subscription;
export function subscribeUntilDestroyed(
  topic: Topic,
  handler: Handler<never>,
  { injector, dispatcher, onError, onFinal, ...options }: SubscribeUntilDestroyedOptions = {},
): Subscription {
  const call = '[angular] subscribeUntilDestroyed()';
  assertNotInReactiveContext(subscribeUntilDestroyed);
  assertFunction(call, 'handler', handler);
  if (onFinal !== undefined) assertFunction(call, 'onFinal', onFinal);
  const destroyRef = injectorFor(call, { injector }).get(DestroyRef);
  let forget = (): void => undefined;
  const finish = untrackedly(onFinal);
  // Untracked, since each of them may run while an effect or a `computed` publishes.
  const subscription = subscribe(topic, untrackedly(handler as Handler), {
    ...options,
    dispatcher: untrackedly(dispatcher),
    onError: untrackedly(onError),
    onFinal: (final) => {
      forget();
      return finish?.(final);
    },
  });
  if (subscription.isSubscribed) forget = whenDestroyed(destroyRef, () => subscription.unsubscribe());
  return subscription;
}
