import { InvalidArgumentError, type Message, type SubscribeOptions, type Topic } from '@stasis-rx/core';
import { assertFunction, assertTopic } from './assert.js';
import { LiveMessageRouter } from './live-message-router.js';
import type { MessageRouter } from './message-router.js';

/** A subscription's options, but for the filters: those are the router's own (R3). */
export type RouterOptions = Omit<SubscribeOptions, 'accept' | 'acceptFormats'>;

/**
 * Makes a message router on a topic. Until it has a route it does nothing. Finding a message's route costs the same for
 * two routes and for a thousand. It ends with `unsubscribe`, with the topic, or with the `signal`. Models
 * `stasis_message_router_create`.
 *
 * @param topic where to subscribe; when it has ended, the router gets its announcement and its final message
 * @param options as for `subscribe`, without the filters; read once. Default of `name`: `router(<topic name>)`
 * @throws InvalidArgumentError when the topic or an option cannot work
 * @example
 * const router = createMessageRouter(calls)
 *   .add(CallAnswered, async (message) => save(message.data))
 *   .setDefault((message) => console.log(message.type.name));
 */
export function createMessageRouter<M extends Message>(topic: Topic<M>, options: RouterOptions = {}): MessageRouter<M> {
  assertTopic(CALL, topic);
  assertOptions(options);
  return new LiveMessageRouter(topic, options);
}

const CALL = '[router] createMessageRouter()';

/** The options that do not reach `subscribe` as they are; it looks at the others. */
function assertOptions(options: SubscribeOptions): void {
  if (typeof options !== 'object' || (options as unknown) === null || Array.isArray(options)) {
    throw new InvalidArgumentError(CALL, 'options to be an object', options, 'Leave them out for the defaults.');
  }
  for (const filter of ['accept', 'acceptFormats'] as const) {
    if (options[filter] === undefined) continue;
    throw new InvalidArgumentError(CALL, `${filter} to be left out`, options[filter], 'The routes are the filter.');
  }
  if (options.onFinal !== undefined) assertFunction(CALL, 'onFinal', options.onFinal);
}
