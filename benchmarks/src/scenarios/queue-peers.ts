import { Effect, PubSub } from 'effect';
import Emittery from 'emittery';
import PubSubJS from 'pubsub-js';
import type { Contender } from '../harness/contender.js';
import { nextTask } from '../harness/next-task.js';
import { Tally } from '../harness/tally.js';
import { counting, type Sample } from './samples.js';

/**
 * emittery's serial form: a listener is awaited before the next one is called. To await each call costs it less than to
 * start a burst of them, and is what keeps the messages of asynchronous listeners in order.
 */
export function emitterySerial(): Contender<Sample> {
  const emitter = new Emittery<{ sample: Sample }>();
  const tally = new Tally();
  emitter.on('sample', counting(tally));
  return {
    name: 'emittery emitSerial',
    tallies: [tally],
    async deliver(messages) {
      for (const message of messages) await emitter.emitSerial('sample', message);
    },
  };
}

/** Message by message: its unsafe publish, which runs no Effect, and a fiber that takes one after the other. */
export async function effectPubSub(): Promise<Contender<Sample>> {
  const pubsub = await Effect.runPromise(PubSub.unbounded<Sample>());
  const tally = new Tally();
  const handle = counting(tally);
  await consume(pubsub, (subscription) =>
    Effect.gen(function* () {
      for (;;) handle(yield* PubSub.take(subscription));
    }),
  );
  return {
    name: 'Effect PubSub',
    tallies: [tally],
    async deliver(messages) {
      const target = tally.count + messages.length;
      for (const message of messages) PubSub.publishUnsafe(pubsub, message);
      while (tally.count < target) await nextTask();
    },
  };
}

/** Whole arrays in and out: no message is published by itself, and no handler is waited for. */
export async function effectPubSubArrays(): Promise<Contender<Sample>> {
  const pubsub = await Effect.runPromise(PubSub.unbounded<Sample>());
  const tally = new Tally();
  const handle = counting(tally);
  await consume(pubsub, (subscription) =>
    Effect.gen(function* () {
      for (;;) for (const message of yield* PubSub.takeAll(subscription)) handle(message);
    }),
  );
  return {
    name: 'Effect PubSub, whole arrays',
    tallies: [tally],
    async deliver(messages) {
      const target = tally.count + messages.length;
      await Effect.runPromise(PubSub.publishAll(pubsub, messages));
      while (tally.count < target) await nextTask();
    },
  };
}

/** Each publish sets a timer; the burst has arrived when the last of them has run. */
export function pubSubJs(name = 'pubsub-js'): Contender<Sample> {
  const tally = new Tally();
  const handle = counting(tally);
  PubSubJS.subscribe(name, (_topic: string, message: Sample) => handle(message));
  return {
    name,
    tallies: [tally],
    async deliver(messages) {
      const target = tally.count + messages.length;
      for (const message of messages) PubSubJS.publish(name, message);
      while (tally.count < target) await nextTask();
    },
  };
}

/** Starts a fiber that takes from a subscription for ever, and waits until it is subscribed. */
async function consume(
  pubsub: PubSub.PubSub<Sample>,
  take: (subscription: PubSub.Subscription<Sample>) => Effect.Effect<never>,
): Promise<void> {
  Effect.runFork(Effect.scoped(PubSub.subscribe(pubsub).pipe(Effect.flatMap(take))));
  await nextTask();
}
