import { assertNotInReactiveContext, DestroyRef, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ofType, type AnyMessageType, type Carried, type Message, type MessageOf, type Topic } from '@stasis-rx/core';
import { assertTopic, assertType } from './assert.js';
import { changingSignal } from './changing-signal.js';
import { injectorFor, type InjectorOption } from './injector-for.js';

/**
 * A signal of the last message of a type: `undefined` until the first one after the call. It has the message when
 * `publish` returns, be that in a `computed`. It is state: who reads it once per change detection sees the newest message
 * and not those in between; for every message there is `subscribeUntilDestroyed`. It keeps its value when the topic ends,
 * however it ends, and when the component, directive or service around the call is destroyed.
 *
 * @param topic observed as RxJS does it, on the publisher's stack (T3), without a mailbox
 * @param type messages of other types are passed over; one whose messages the topic can carry
 * @param options `injector`: instead of that of the injection context
 * @throws InvalidArgumentError when an argument cannot work
 * @throws StasisError `INJECTION_CONTEXT_MISSING` outside of an injection context
 * @example
 * class LastCall {
 *   readonly answered = toLatestSignal(injectTopic('calls'), CallAnswered);
 *   readonly agent = computed(() => this.answered()?.data.agent ?? 'nobody');
 * }
 */
export function toLatestSignal<M extends Message, Type extends AnyMessageType>(
  topic: Topic<M>,
  type: Carried<M, Type>,
  options: InjectorOption = {},
): Signal<MessageOf<Type> | undefined> {
  const call = '[angular] toLatestSignal()';
  assertNotInReactiveContext(toLatestSignal);
  assertTopic(call, topic);
  assertType(call, type);
  const destroyRef = injectorFor(call, options).get(DestroyRef);
  let latest: MessageOf<Type> | undefined;
  const { value, changed } = changingSignal(() => latest);
  topic.pipe(ofType(type), takeUntilDestroyed(destroyRef)).subscribe({
    next: (message) => {
      latest = message;
      changed();
    },
    error: () => undefined, // the bus reports it; a template has no use for it
  });
  return value;
}
