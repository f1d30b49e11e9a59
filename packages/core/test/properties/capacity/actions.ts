import { StasisError, subscribe, SubscriptionChange, type Subscription } from '@stasis-rx/core';
import { handlerCode, type Action, type Step } from '../action.js';
import { scriptIn } from '../play.js';
import { types } from '../published.js';
import { sabotageCode } from '../saboteur.js';
import * as model from './model.js';
import { Witness } from './witness.js';
import type { CapacityWorld, TopicName } from './world.js';

export type CapacityAction = Action<CapacityWorld, Witness>;

export type CapacityStep = Step<CapacityWorld, Witness>;

// The lines of a program about bounded mailboxes. Each tells the model first, and then the bus.

export function publish(name: TopicName, type: 'A' | 'B', times: number): CapacityAction {
  const call = `${name}.publish(${type}())`;
  return {
    code: times === 1 ? call : `times(${times}, () => ${call})`,
    run(world) {
      for (let n = 0; n < times; n++) publishOne(world, name, type);
    },
  };
}

export function subscribeTo(
  slot: string,
  name: TopicName,
  script: readonly CapacityStep[],
  limits: model.Limits,
): CapacityAction {
  const { accept, highWater, lowWater, bound } = limits;
  return {
    code: `${slot} = subscribe(${name}, ${handlerCode(script)}, { ${optionsCode(limits)} })`,
    run(world) {
      const topic = world.topics[name];
      const id = `${name}#${world.witnesses.length + 1}`;
      const witness = new Witness(world, model.subscribe(topic.model, id, limits), scriptIn(world, script));
      world.witnesses.push(witness);
      world.subscriptions.set(slot, witness);
      const { handler, onError, onFinal } = witness;
      const options = { highWater, lowWater, ...bound, accept: accept?.map(typeOf), onError, onFinal };
      witness.attach(subscribe(topic.real, handler, options));
    },
  };
}

export function unsubscribe(slot: string): CapacityAction {
  return withSubscription(slot, 'unsubscribe()', (subscription, witness) => {
    model.unsubscribe(witness.model);
    subscription.unsubscribe();
  });
}

/** Resolves when what waits now has been handled or dropped. */
export function publishSync(slot: string, type: 'A' | 'B'): CapacityAction {
  return withSubscription(slot, `publishSync(${type}())`, (subscription, witness, world) => {
    const { message } = world.publishOnModel(witness.model.topic, type);
    const due = new Set([witness.current, ...witness.model.waiting]);
    const handled = subscription.publishSync(message).then(() => {
      const left = [witness.current, ...witness.model.waiting].filter((one) => one !== undefined && due.has(one));
      if (left.length > 0) world.fault(`${witness.model.id}.publishSync() resolved too early`);
    });
    world.promises.push(handled);
  });
}

export function drained(name: TopicName): CapacityAction {
  return {
    code: `${name}.drained()`,
    run(world, self) {
      // Inside a handler that is waited for, its own mailbox would wait for itself.
      const isRefused = (error: unknown): boolean =>
        self !== undefined && error instanceof StasisError && error.code === 'WAITS_FOR_ITSELF';
      const drained = world.topics[name].real.drained().catch((error: unknown) => {
        if (!isRefused(error)) world.fault(`${name}.drained() rejected with ${String(error)}`);
      });
      world.promises.push(drained);
    },
  };
}

export function observeEvents(throwsAt: number): CapacityAction {
  return {
    code: `bus.events$${sabotageCode(throwsAt)}.subscribe()`,
    run(world) {
      world.events.sabotage(world, throwsAt, 'the bus');
    },
  };
}

export function observeCongestion(slot: string, throwsAt: number): CapacityAction {
  return withSubscription(slot, `congestion$${sabotageCode(throwsAt)}.subscribe()`, (_, witness, world) => {
    witness.congestion?.sabotage(world, throwsAt, witness.model.id);
  });
}

export function complete(name: TopicName): CapacityAction {
  return {
    code: `${name}.complete()`,
    run(world) {
      model.complete(world.topics[name].model);
      world.topics[name].real.complete();
    },
  };
}

function publishOne(world: CapacityWorld, name: TopicName, type: 'A' | 'B'): void {
  const topic = world.topics[name];
  const { message, answer } = world.publishOnModel(topic.model, type);
  const text = `${name}.publish(${type}(${String(message.data)}))`;
  if (topic.real.publish(message) !== answer) world.fault(`${text} did not answer ${answer}`);
}

function withSubscription(
  slot: string,
  code: string,
  run: (subscription: Subscription, witness: Witness, world: CapacityWorld) => void,
): CapacityAction {
  return {
    code: `${slot}?.${code}`,
    run(world) {
      const witness = world.subscriptions.get(slot);
      if (witness?.subscription !== undefined) run(witness.subscription, witness, world);
    },
  };
}

function typeOf(name: model.TypeName): (typeof types)['A'] {
  return name === 'stasis_subscription_change' ? SubscriptionChange : types[name];
}

function optionsCode({ accept, highWater, lowWater, bound }: model.Limits): string {
  return [
    accept && `accept: [${accept.map((name) => (name.length > 1 ? 'SubscriptionChange' : name)).join(', ')}]`,
    `highWater: ${highWater}, lowWater: ${lowWater}`,
    bound && `capacity: ${bound.capacity}, overflow: '${bound.overflow}'`,
  ]
    .filter(Boolean)
    .join(', ');
}
