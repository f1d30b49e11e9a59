import { filter, type OperatorFunction } from 'rxjs';
import type { EachCarried } from '../messages/carried.js';
import type { Message } from '../messages/message.js';
import { assertMessageTypes, type MessageOf } from '../messages/message-type.js';
import type { AnyMessageType } from '../messages/message.js';

/**
 * Operator: lets the messages of these types through, typed.
 *
 * @param types those that the topic can carry; others do not compile, as with `accept`. Where you know better:
 * `ofType(CallAnswered as AnyMessageType)`
 * @throws InvalidArgumentError when one of them is not a message type
 * @example
 * calls.pipe(ofType(CallAnswered), map((message) => message.data.agent));
 */
export function ofType<M extends Message, const Types extends readonly AnyMessageType[]>(
  ...types: EachCarried<M, Types>
): OperatorFunction<M, MessageOf<Types[number]>> {
  assertMessageTypes('ofType', 'types', types);
  const identities = new Set(types.map((type) => type.identity));
  return filter((message: Message): message is MessageOf<Types[number]> => identities.has(message.type.identity));
}
