import { SubscriptionChange, type Message } from '../../src/index.js';

/** A message as a test writes it down: `Subscribe numbers#1` for a subscription change, else its data as text. */
export function inWords(message: Message): string {
  return SubscriptionChange.is(message) ? `${message.data.description} ${message.data.uniqueId}` : String(message.data);
}
