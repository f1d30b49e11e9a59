import { filter, type OperatorFunction } from 'rxjs';
import type { Message } from '../message.js';
import { assertMessageTypes, type AnyMessageType, type MessageOf } from '../message-type.js';

/**
 * Operator: lets the messages of these types through, typed.
 *
 * @throws InvalidArgumentError when one of them is not a message type
 * @example
 * calls.pipe(ofType(CallAnswered), map((message) => message.data.agent));
 */
export function ofType<const Types extends readonly AnyMessageType[]>(
  ...types: Types
): OperatorFunction<Message, MessageOf<Types[number]>> {
  assertMessageTypes('ofType', 'types', types);
  const identities = new Set(types.map((type) => type.identity));
  return filter((message): message is MessageOf<Types[number]> => identities.has(message.type.identity));
}
