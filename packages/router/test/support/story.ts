import { messageType, SubscriptionChange, type Message } from '@stasis-rx/core';

/** Messages of these types carry a number, by which a story tells them apart. */
export const A = messageType<number>('a');
export const B = messageType<number>('b');
/** The one type that has a formatter. */
export const Json = messageType<number>('json', { formatters: { json: ({ data }) => data } });

/** A message in two or three letters: `a1`, or what a subscription change says. */
export function tell(message: Message): string {
  return SubscriptionChange.is(message) ? message.data.description : `${message.type.name}${String(message.data)}`;
}

/** What happened, in order; `to(name)` makes a handler that writes `name: message`. */
export class Story {
  readonly lines: string[] = [];

  to(name: string): (message: Message) => void {
    return (message) => {
      this.lines.push(`${name}: ${tell(message)}`);
    };
  }
}
