import { CacheUpdate, StasisError, type AnyMessageType } from '@stasis-rx/core';
import type { MessageRouter } from '@stasis-rx/router';
import { handlerCode, type Action, type Step } from '../../../core/test/properties/action.js';
import { snapshots } from '../../../core/test/properties/caches/cache-pair.js';
import type { SnapshotType } from '../../../core/test/properties/caches/model.js';
import * as model from '../../../core/test/properties/model.js';
import { scriptIn } from '../../../core/test/properties/play.js';
import { publishOnModel, types } from '../../../core/test/properties/published.js';
import type { Hanging } from '../../../core/test/properties/steps.js';
import { topicCode, type CachingTopicName, type TopicName } from '../../../core/test/properties/topics.js';
import { ModelRouter } from './router-model.js';
import { RouterWitness } from './router-witness.js';
import type { RouterWorld } from './router-world.js';

export type RouterAction = Action<RouterWorld, Hanging>;

export type RouterStep = Step<RouterWorld, Hanging>;

/** The message types that programs route, by the names that the model has for them. */
export const routed = {
  A: types.A,
  B: types.B,
  P: snapshots.P,
  SubscriptionChange: types.SubscriptionChange,
  stasis_cache_update: CacheUpdate,
} satisfies Record<string, AnyMessageType>;

export type RoutedName = keyof typeof routed;

// The lines of a program that are about routers. Each tells the model first, and then the router.

export function createRouter(slot: string, name: TopicName | CachingTopicName): RouterAction {
  return {
    code: `${slot} = createMessageRouter(${topicCode(name)})`,
    run(world) {
      const topic = world.topicOf(name);
      if (topic === undefined) return;
      const subscription = world.subscribeOnModel(topic.model, { accept: ['SubscriptionChange'] });
      const witness = new RouterWitness(world, new ModelRouter(subscription), topic.real);
      world.routers.set(slot, witness);
      world.everyRouter.push(witness);
    },
  };
}

export function add(slot: string, type: RoutedName, script: readonly RouterStep[]): RouterAction {
  return withRouter(slot, `add(${typeCode(type)}, ${handlerCode(script)})`, (router, world) => {
    const { label, handle } = router.handler(scriptIn(world, script));
    const isAdded = router.model.add(type, label);
    addRoute(world, isAdded, () => router.real.add(routed[type], handle));
  });
}

export function addCacheUpdate(slot: string, type: SnapshotType, script: readonly RouterStep[]): RouterAction {
  return withRouter(slot, `addCacheUpdate(${type}, ${handlerCode(script)})`, (router, world) => {
    const { label, handle } = router.handler(scriptIn(world, script));
    const isAdded = router.model.addCacheUpdate(type, label);
    addRoute(world, isAdded, () => router.real.addCacheUpdate(snapshots[type], handle));
  });
}

export function remove(slot: string, type: RoutedName): RouterAction {
  return withRouter(slot, `remove(${typeCode(type)})`, (router) => {
    router.model.remove(type);
    router.real.remove(routed[type]);
  });
}

export function removeCacheUpdate(slot: string, type: SnapshotType): RouterAction {
  return withRouter(slot, `removeCacheUpdate(${type})`, (router) => {
    router.model.removeCacheUpdate(type);
    router.real.removeCacheUpdate(snapshots[type]);
  });
}

export function setDefault(
  slot: string,
  formats: readonly string[] | undefined,
  script: readonly RouterStep[],
): RouterAction {
  const options = formats === undefined ? '' : `, { formats: ${JSON.stringify(formats)} }`;
  return withRouter(slot, `setDefault(${handlerCode(script)}${options})`, (router, world) => {
    const { label, handle } = router.handler(scriptIn(world, script));
    router.model.setDefault(label, formats);
    router.real.setDefault(handle, formats === undefined ? undefined : { formats });
  });
}

export function leave(slot: string): RouterAction {
  return withRouter(slot, 'unsubscribe()', (router) => {
    model.unsubscribe(router.model.subscription);
    router.real.unsubscribe();
  });
}

export function join(slot: string): RouterAction {
  return withRouter(slot, 'join()', (router, world) => {
    const joined = router.real.join().then(() => {
      router.catchUp();
      if (!router.isQuiet || !router.real.isDone) world.fault(`${slot}.join() resolved too early`);
    });
    world.promises.push(joined);
  });
}

export function publishSync(slot: string, type: 'A' | 'B'): RouterAction {
  return withRouter(slot, `publishSync(${type}())`, (router, world) => {
    const { subscription } = router.real;
    const message = publishOnModel(world, type, subscription.topic, router.model.subscription.topic);
    world.promises.push(router.real.publishSync(message));
  });
}

/** R5: a second route is refused, and changes nothing. */
function addRoute(world: RouterWorld, isAdded: boolean, addIt: () => MessageRouter): void {
  try {
    addIt();
    if (!isAdded) world.fault('a second route for one type was not refused');
  } catch (error) {
    if (isAdded || !(error instanceof StasisError) || error.code !== 'DUPLICATE_ROUTE') throw error;
  }
}

function withRouter(
  slot: string,
  code: string,
  run: (router: RouterWitness, world: RouterWorld) => void,
): RouterAction {
  return {
    code: `${slot}?.${code}`,
    run(world) {
      const router = world.routers.get(slot);
      if (router === undefined) return;
      router.catchUp();
      run(router, world);
    },
  };
}

function typeCode(type: RoutedName): string {
  return type === 'stasis_cache_update' ? 'CacheUpdate' : type;
}
