import { createBus, subscribe, type SubscribeOptions } from '@stasis-rx/core';
import { Effect, PubSub } from 'effect';
import Emittery from 'emittery';
import { concatMap, EMPTY, Subject } from 'rxjs';
import { nextTask } from '../harness/next-task.js';
import { OURS } from '../scenarios/ours.js';
import { Sample } from '../scenarios/samples.js';
import type { Courier, Publish } from './courier.js';

const message = Sample({ n: 1 });

/** Ours, and the peers: those that call the handler on the publisher's stack, and those that do so later. */
export const couriers: readonly Courier[] = [
  { name: `${OURS}, queued`, make: (handled) => overBus(handled, {}) },
  { name: `${OURS}, synchronous`, make: (handled) => overBus(handled, { delivery: 'synchronous' }) },
  { name: 'raw Subject', make: overSubject },
  { name: 'Subject + concatMap', make: overConcatMap },
  { name: 'emittery emit', make: overEmittery },
  { name: 'Effect PubSub', make: overEffect },
];

function overBus(handled: () => void, options: SubscribeOptions): Publish {
  const topic = createBus().topic<Sample>('samples');
  subscribe(topic, handled, { ...options, accept: [Sample] });
  return () => void topic.publish(message);
}

function overSubject(handled: () => void): Publish {
  const subject = new Subject<Sample>();
  subject.subscribe(handled);
  return () => {
    subject.next(message);
  };
}

function overConcatMap(handled: () => void): Publish {
  const subject = new Subject<Sample>();
  const handle = (): typeof EMPTY => {
    handled();
    return EMPTY;
  };
  subject.pipe(concatMap(handle)).subscribe();
  return () => {
    subject.next(message);
  };
}

function overEmittery(handled: () => void): Publish {
  const emitter = new Emittery<{ sample: Sample }>();
  emitter.on('sample', handled);
  return () => void emitter.emit('sample', message);
}

async function overEffect(handled: () => void): Promise<Publish> {
  const pubsub = await Effect.runPromise(PubSub.unbounded<Sample>());
  const take = Effect.flatMap(PubSub.subscribe(pubsub), (subscription) =>
    Effect.gen(function* () {
      for (;;) {
        yield* PubSub.take(subscription);
        handled();
      }
    }),
  );
  Effect.runFork(Effect.scoped(take));
  await nextTask();
  return () => void PubSub.publishUnsafe(pubsub, message);
}
