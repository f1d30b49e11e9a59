import type { Message, Topic, TopicOptions } from '@stasis-rx/core';
import { injectBus } from './inject-bus.js';
import type { InjectorOption } from './injector-for.js';

/**
 * Gives the topic of this name on the injected bus, and makes it when there is none: `injectBus().topic(name)`. The topic
 * belongs to the bus and outlives whoever asked for it.
 *
 * @param name unique on the bus
 * @param options `detail`: a text for people; `injector`: instead of that of the injection context
 * @throws InvalidArgumentError when the name or detail cannot work
 * @throws StasisError `BUS_MISSING`, `INJECTION_CONTEXT_MISSING` as `injectBus`; `BUS_CLOSED` when the bus is closed
 * @example
 * class CallList {
 *   readonly calls = injectTopic('calls');
 * }
 */
export function injectTopic<M extends Message = Message>(
  name: string,
  { injector, ...options }: InjectorOption & TopicOptions = {},
): Topic<M> {
  return injectBus({ injector }).topic<M>(name, options);
}
