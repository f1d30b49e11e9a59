import { InvalidArgumentError, isMessageType, type Bus, type Cache, type Topic } from '@stasis-rx/core';

/** Throws unless the value is a bus. */
export function assertBus(call: string, bus: unknown): void {
  if (typeof (bus as Partial<Bus> | null | undefined)?.topic !== 'function') {
    throw new InvalidArgumentError(call, 'bus to be a bus', bus, 'Make one with createBus(), or give options.');
  }
}

/** Throws when there is a bus, where one is to be made. */
export function assertNoBus(call: string, bus: unknown): void {
  if (bus !== undefined) {
    throw new InvalidArgumentError(call, 'no bus beside options', bus, 'Leave one of them out.');
  }
}

/** Throws unless the value is a topic. */
export function assertTopic(call: string, topic: unknown): void {
  if (typeof (topic as Partial<Topic> | null | undefined)?.publish !== 'function') {
    throw new InvalidArgumentError(call, 'a topic of a bus', topic);
  }
}

/** Throws unless the value is a cache. */
function assertCache(call: string, cache: unknown): void {
  if (typeof (cache as Partial<Cache> | null | undefined)?.changes !== 'function') {
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

/** Throws unless a cache can be read so: of this type, told by this dispatcher, if any. */
export function assertCacheRead(call: string, cache: unknown, type: unknown, dispatcher: unknown): void {
  assertCache(call, cache);
  assertType(call, type);
  if (dispatcher !== undefined) assertFunction(call, 'dispatcher', dispatcher);
}

/** Throws unless the value is an integer of at least 1. */
export function assertPositiveInteger(call: string, name: string, value: unknown, hint: string): void {
  if (!Number.isInteger(value) || (value as number) < 1) {
    throw new InvalidArgumentError(call, `${name} to be an integer of at least 1`, value, hint);
  }
}
