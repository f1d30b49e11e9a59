import type { Message } from '@stasis-rx/core';

/** Where the messages of an event went, and whether every mailbox that they fed has room for more. */
export interface Delivery {
  /** `undefined` when nothing was published. */
  readonly topic: Pick<Outlet, 'drained'> | undefined;
  readonly hasRoom: boolean;
}

/** What an event gives that changes nothing. */
export const NOTHING_DELIVERED: Delivery = { topic: undefined, hasRoom: true };

/** Where messages are published: a topic, of these types among others. */
export interface Outlet<M extends Message = Message> {
  publish(message: M): boolean;
  drained(): Promise<void>;
}

/** Publishes a message. */
export function deliver<M extends Message>(topic: Outlet<M>, message: M): Delivery {
  return { topic, hasRoom: topic.publish(message) };
}

/** Of an event that gave two messages, one after the other. */
export function both(first: Delivery, second: Delivery): Delivery {
  return { topic: second.topic ?? first.topic, hasRoom: first.hasRoom && second.hasRoom };
}

/**
 * What to wait for before publishing more; `undefined` when there is room.
 * @param channels a channel's topic that has just ended feeds nothing any more, but the topic of all channels does
 */
export function roomAfter(
  { topic, hasRoom }: Delivery,
  channels: Pick<Outlet, 'drained'>,
): Promise<unknown> | undefined {
  return hasRoom ? undefined : Promise.all([topic?.drained(), channels.drained()]);
}
