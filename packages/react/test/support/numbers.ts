import { createBus, messageType, type Bus, type Message, type Topic } from '@stasis-rx/core';

/** A message that carries a number, and nothing else. */
export const Ping = messageType<number>('ping');
/** Another one, told apart by its type only. */
export const Pong = messageType<number>('pong');

/** A bus with a topic of numbers. What fails on the bus is collected. */
export function numbersTopic(): { bus: Bus; numbers: Topic<Message<number>>; failures: Error[] } {
  const failures: Error[] = [];
  const bus = createBus({ onError: (error) => failures.push(error) });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), failures };
}

/** How many subscriptions and plain observers the bus holds, on whatever topic. */
export function subscribersOf(bus: Bus): number {
  return bus.statistics().topics.reduce((sum, { subscribers }) => sum + subscribers, 0);
}
