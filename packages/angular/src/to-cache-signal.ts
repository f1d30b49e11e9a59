import { assertNotInReactiveContext, computed, DestroyRef, untracked, type Signal } from '@angular/core';
import type { AnyMessageType, Cache, CacheId, MessageOf } from '@stasis-rx/core';
import { assertCache, assertType } from './assert.js';
import { changingSignal, type ChangingSignal } from './changing-signal.js';
import { injectorFor, type InjectorOption } from './injector-for.js';
import { WatchedEntry } from './watched-entry.js';
import { whenDestroyed } from './when-destroyed.js';

/**
 * A signal of the local snapshot of an id: the current one from the first read on, `undefined` while there is none. With a
 * signal as id it follows that: whoever reads it after the id has changed gets the snapshot of the new id, never that of
 * the old one. It has a new snapshot when `publish` returns (C3), be that in a `computed`. It is state: values between two
 * reads are skipped.
 *
 * The entry is watched from the first read on, one at a time, until the component, directive or service around the call
 * is destroyed; from then on it keeps its value.
 *
 * @param cache filled by caching topics
 * @param type the message type of the snapshot
 * @param id of the snapshot, or a signal or function of it; nothing (`undefined`, `null`) gives `undefined`. It is first
 * called at the first read, so it may be a required input
 * @param options `injector`: instead of that of the injection context
 * @throws InvalidArgumentError when an argument cannot work
 * @throws StasisError `INJECTION_CONTEXT_MISSING` outside of an injection context
 * @example
 * class ChannelRow {
 *   readonly id = input.required<string>();
 *   readonly channel = toCacheSignal(inject(CHANNELS), ChannelSnapshot, this.id);
 * }
 */
export function toCacheSignal<Type extends AnyMessageType>(
  cache: Cache,
  type: Type,
  id: CacheId | null | undefined | (() => CacheId | null | undefined),
  options: InjectorOption = {},
): Signal<MessageOf<Type> | undefined> {
  const call = '[angular] toCacheSignal()';
  assertNotInReactiveContext(toCacheSignal);
  assertCache(call, cache);
  assertType(call, type);
  const destroyRef = injectorFor(call, options).get(DestroyRef);
  const entry = new WatchedEntry(cache, type);
  whenDestroyed(destroyRef, () => entry.leave());
  const wanted = typeof id === 'function' ? computed(id) : () => id;
  const snapshot: ChangingSignal<MessageOf<Type> | undefined> = changingSignal(() => {
    const current = wanted();
    return untracked(() => entry.follow(current, snapshot.changed));
  });
  return snapshot.value;
}
