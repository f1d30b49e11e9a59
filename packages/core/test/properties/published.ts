import { messageType, SubscriptionChange } from '@stasis-rx/core';
import type { AnyMessageType, Message, MessageType, Topic } from '@stasis-rx/core';
import * as model from './model.js';
import type { World } from './world.js';

/** The message types that programs publish. */
export const published: Readonly<Record<model.PublishedName, MessageType<number>>> = {
  A: messageType<number>('A'),
  B: messageType<number>('B', { formatters: { json: ({ data }) => data } }),
  Declined: messageType<number>('Declined'),
};

/** The message types that programs filter by. */
export const types: Readonly<Record<model.TypeName, AnyMessageType>> = { ...published, SubscriptionChange };

/** Makes the next message, and publishes it on the model. Messages are numbered in the order of publishing. */
export function publishOnModel(world: World, type: model.PublishedName, real: Topic, topic: model.ModelTopic): Message {
  const number = world.nextNumber();
  const message = published[type](number);
  world.origins.set(message, real);
  model.publish(topic, type, `${type}(${number})`);
  return message;
}
