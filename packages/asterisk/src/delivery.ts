import type { Message, Topic } from '@stasis-rx/core';

/** Where the messages of an event went, and whether every mailbox that they fed has room for more. */
export interface Delivery {
  readonly topic: { drained(): Promise<void> };
  readonly hasRoom: boolean;
}

/** Publishes messages on one topic, one after the other. */
export function deliver<M extends Message>(topic: Topic<M>, ...messages: M[]): Delivery {
  let hasRoom = true;
  for (const message of messages) hasRoom = topic.publish(message) && hasRoom;
  return { topic, hasRoom };
}
