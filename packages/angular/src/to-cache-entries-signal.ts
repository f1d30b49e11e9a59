import { assertNotInReactiveContext, DestroyRef, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { AnyMessageType, Cache, MessageOf } from '@stasis-rx/core';
import { assertCache, assertType } from './assert.js';
import { changingSignal } from './changing-signal.js';
import { injectorFor, type InjectorOption } from './injector-for.js';

/**
 * A signal of all local snapshots of a type, as `cache.dump(type)` gives them: those that are there at the first read on,
 * in the order in which their ids first came. It has a new snapshot when `publish` returns (C3), be that in a `computed`.
 * It is state: values between two reads are skipped, and only a read after a change looks through the cache, O(size) then;
 * so does each `publish` in a `computed` or a template.
 *
 * It keeps its value when the component, directive or service around the call is destroyed.
 *
 * @param cache filled by caching topics
 * @param type the message type of the snapshots
 * @param options `injector`: instead of that of the injection context
 * @returns of an array of its own at each change, the snapshots in it are the same as before
 * @throws InvalidArgumentError when an argument cannot work
 * @throws StasisError `INJECTION_CONTEXT_MISSING` outside of an injection context
 * @example
 * class ChannelList {
 *   readonly channels = toCacheEntriesSignal(inject(CHANNELS), ChannelSnapshot);
 *   readonly up = computed(() => this.channels().filter(({ data }) => data.state === 'Up'));
 * }
 */
export function toCacheEntriesSignal<Type extends AnyMessageType>(
  cache: Cache,
  type: Type,
  options: InjectorOption = {},
): Signal<readonly MessageOf<Type>[]> {
  const call = '[angular] toCacheEntriesSignal()';
  assertNotInReactiveContext(toCacheEntriesSignal);
  assertCache(call, cache);
  assertType(call, type);
  const destroyRef = injectorFor(call, options).get(DestroyRef);
  const { value, changed } = changingSignal(() => cache.dump(type));
  cache.changes(type).pipe(takeUntilDestroyed(destroyRef)).subscribe(changed);
  return value;
}
