import type { AnyMessageType, SubscribeOptions } from '@stasis-rx/core';

/** Whether two arrays have the same elements in the same order. What is no array is the same as itself. */
export function sameElements(one: readonly unknown[] | undefined, other: readonly unknown[] | undefined): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((element, index) => Object.is(element, other[index]));
}

/** What a hook shows messages of. With another one it starts anew. */
export interface Source {
  readonly topic: object;
  readonly accept: readonly AnyMessageType[] | undefined;
}

/** Whether two are the same topic and the same types. */
export function sameSource(one: Source, other: Source): boolean {
  return one.topic === other.topic && sameElements(one.accept, other.accept);
}

/**
 * Whether a subscription made with the one is as good as one made with the other: arrays are compared by their elements.
 * Of the hooks only counts whether they are there: they are looked up when they are called.
 */
export function sameOptions(one: SubscribeOptions, other: SubscribeOptions): boolean {
  const { accept, acceptFormats, onError, onFinal, ...rest } = one;
  return (
    sameElements(accept, other.accept) &&
    sameElements(acceptFormats, other.acceptFormats) &&
    (onError === undefined) === (other.onError === undefined) &&
    (onFinal === undefined) === (other.onFinal === undefined) &&
    sameValues(rest, other)
  );
}

type Rest = Omit<SubscribeOptions, 'accept' | 'acceptFormats' | 'onError' | 'onFinal'>;

function sameValues(one: Rest, other: Rest): boolean {
  return (
    one.delivery === other.delivery &&
    one.dispatcher === other.dispatcher &&
    one.signal === other.signal &&
    one.name === other.name &&
    one.capacity === other.capacity &&
    one.overflow === other.overflow &&
    one.highWater === other.highWater &&
    one.lowWater === other.lowWater
  );
}
