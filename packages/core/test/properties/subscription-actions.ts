import { subscribe, type Subscription } from '@stasis-rx/core';
import { handlerCode } from './action.js';
import * as model from './model.js';
import { scriptIn } from './play.js';
import { publishOnModel, types } from './published.js';
import { sabotageCode } from './saboteur.js';
import { topicCode, type CachingTopicName, type TopicName } from './topics.js';
import { Witness } from './witness.js';
import type { BusAction, BusStep, World } from './world.js';

// The lines of a program that are about subscriptions. Like all others, they tell the model before the bus.

/** How a subscription of a program is made. */
export interface WitnessOptions extends model.ModelFilter {
  readonly delivery?: 'synchronous' | undefined;
  readonly hasSignal?: boolean | undefined;
  readonly hasErrorHook?: boolean | undefined;
  readonly drainsAtOnce?: boolean | undefined;
}

export function subscribeTo(
  slot: string,
  name: TopicName | CachingTopicName,
  script: readonly BusStep[],
  options: WitnessOptions,
): BusAction {
  return {
    code: `${slot} = subscribe(${[topicCode(name), handlerCode(script), optionsCode(options)].filter(Boolean).join(', ')})`,
    run(world) {
      const topic = world.topicOf(name);
      if (topic === undefined) return;
      const errorsGoTo = options.hasErrorHook === true ? 'its hook' : 'the bus';
      const subscription = world.subscribeOnModel(topic.model, options);
      const witness = new Witness(world, subscription, scriptIn(world, script), errorsGoTo);
      world.witnesses.push(witness);
      if (options.hasSignal === true) witness.controller = new AbortController();
      witness.subscription = subscribe(topic.real, witness.handler, {
        accept: options.accept?.map((type) => types[type]),
        acceptFormats: options.acceptFormats,
        delivery: options.delivery,
        signal: witness.controller?.signal,
        onError: options.hasErrorHook === true ? (error) => world.failures.report(error, 'its hook') : undefined,
        dispatcher: options.drainsAtOnce === true ? (drain) => drain() : undefined,
      });
      world.subscriptions.set(slot, witness);
    },
  };
}

export function publishSync(slot: string, type: model.PublishedName): BusAction {
  return withSubscription(slot, `publishSync(${type}())`, (subscription, witness, world) => {
    const message = publishOnModel(world, type, subscription.topic, witness.model.topic);
    const due = witness.model.due.length;
    const handled = subscription.publishSync(message).then(() => {
      if (witness.finished < due) world.fault(`${witness.model.id}.publishSync() resolved too early`);
    });
    world.promises.push(handled);
  });
}

export function leave(slot: string, way: 'unsubscribe' | 'dispose' | 'abort'): BusAction {
  if (way === 'unsubscribe') {
    return withSubscription(slot, 'unsubscribe()', (subscription, witness) => {
      model.unsubscribe(witness.model);
      subscription.unsubscribe();
    });
  }
  if (way === 'dispose') {
    return withSubscription(slot, '[Symbol.dispose]()', (subscription, witness) => {
      model.unsubscribe(witness.model);
      subscription[Symbol.dispose]();
    });
  }
  return withSubscription(slot, 'controller?.abort()', (_, witness) => {
    if (witness.controller === undefined) return;
    model.unsubscribe(witness.model);
    witness.controller.abort();
  });
}

/** In a handler: leaves the subscription that it is the handler of. */
export function leaveSelf(): BusAction {
  return {
    code: 'self.unsubscribe()',
    run(_, self) {
      if (self === undefined) return;
      model.unsubscribe(self.model);
      self.subscription?.unsubscribe();
    },
  };
}

export function join(slot: string): BusAction {
  return withSubscription(slot, 'join()', (subscription, witness, world) => {
    const joined = subscription.join().then(() => {
      if (!witness.isUpToDate || !subscription.isDone) world.fault(`${witness.model.id}.join() resolved too early`);
    });
    world.promises.push(joined);
  });
}

/** Nothing is congested in these programs: it ends, and that is all. */
export function observeCongestion(slot: string, throwsAt: number): BusAction {
  return withSubscription(slot, `congestion$${sabotageCode(throwsAt)}.subscribe()`, (subscription, witness, world) => {
    witness.congestionOf(subscription).sabotage(world, throwsAt, witness.errorsGoTo);
  });
}

export function filter(slot: string, change: 'accept' | 'decline', type: model.TypeName): BusAction {
  return withSubscription(slot, `${change}(${type})`, (subscription, witness) => {
    model[change](witness.model, type);
    subscription[change](types[type]);
  });
}

export function acceptFormats(slot: string, format: string): BusAction {
  return withSubscription(slot, `acceptFormats('${format}')`, (subscription, witness) => {
    witness.model.formats = new Set([format]);
    subscription.acceptFormats(format);
  });
}

export function acceptAll(slot: string): BusAction {
  return withSubscription(slot, 'acceptAll()', (subscription, witness) => {
    witness.model.formats = witness.model.types = undefined;
    subscription.acceptAll();
  });
}

function withSubscription(
  slot: string,
  code: string,
  run: (subscription: Subscription, witness: Witness, world: World) => void,
): BusAction {
  return {
    code: `${slot}?.${code}`,
    run(world) {
      const witness = world.subscriptions.get(slot);
      if (witness?.subscription !== undefined) run(witness.subscription, witness, world);
    },
  };
}

function optionsCode({ accept, acceptFormats: formats, delivery, ...flags }: WitnessOptions): string {
  const options = [
    delivery && `delivery: '${delivery}'`,
    accept && `accept: [${accept.join(', ')}]`,
    formats && `acceptFormats: [${quoted(formats)}]`,
    flags.hasSignal === true && 'signal: controller.signal',
    flags.hasErrorHook === true && 'onError: report',
    flags.drainsAtOnce === true && 'dispatcher: (drain) => drain()',
  ].filter(Boolean);
  return options.length > 0 ? `{ ${options.join(', ')} }` : '';
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
