import { assert } from '../errors/assert.js';
import { isMessage, LOCAL_EID, messageJSON, type Message, type MessageJSON } from './message.js';

/**
 * Gives a message in one of the forms that its type has formatters for (M5). Models `stasis_message_to_json` and its like.
 *
 * @returns the formatter's result; `undefined` when the type has no such formatter, which is no error
 * @throws InvalidArgumentError when it is not a message
 * @example
 * format(message, 'json');
 */
export function format(message: Message, name: string): unknown {
  assert(isMessage(message), 'format', 'a message', message);
  const formatter = message.type.formatters.get(name) as ((message: Message) => unknown) | undefined;
  return formatter?.(message);
}

/**
 * Gives a message as plain JSON, ready for `JSON.stringify`.
 *
 * @param options `eid`: what stands for the local entity in the result, usually `bus.eid`
 * @throws InvalidArgumentError when it is not a message
 */
export function toJSON(message: Message, { eid = LOCAL_EID }: { readonly eid?: string | undefined } = {}): MessageJSON {
  assert(isMessage(message), 'toJSON', 'a message', message);
  return messageJSON(message, eid);
}
