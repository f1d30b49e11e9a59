import { InvalidArgumentError, isMessageType, type Cache, type Topic } from '@stasis-rx/core';

/** Throws unless the value is a topic. */
export function assertTopic(call: string, topic: unknown): void {
  if (typeof (topic as Partial<Topic> | null | undefined)?.publish !== 'function') {
    throw new InvalidArgumentError(call, 'a topic of a bus', topic);
  }
}

/** Throws unless the value is a cache. */
export function assertCache(call: string, cache: unknown): void {
  if (typeof (cache as Partial<Cache> | null | undefined)?.watch !== 'function') {
    throw new InvalidArgumentError(call, 'a cache, as createCache makes them', cache);
  }
}

/** Throws unless the value is a message type. */
export function assertType(call: string, type: unknown): void {
  if (!isMessageType(type)) throw new InvalidArgumentError(call, 'a message type', type);
}

/** Throws unless the value is a function. */
export function assertFunction(call: string, name: string, value: unknown): void {
  if (typeof value !== 'function') throw new InvalidArgumentError(call, `${name} to be a function`, value);
}
