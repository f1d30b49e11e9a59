import { CacheUpdate, type AnyMessageType, type Handler } from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter, type RouterOptions } from '@stasis-rx/router';
import { changeToken, Formatted, Plain, State, tokenOf } from './messages.js';
import type { Guest, Place } from './place.js';
import { Taste } from './taste.js';
import { Witness } from './witness.js';
import type { World } from './world.js';

/** A router whose default takes everything for which there is no route. */
export function openRouter(world: World, place: Place, options: RouterOptions): Guest {
  const witness = new Witness(world, place, new Taste(undefined, false), options.delivery !== 'synchronous');
  // Whether its own announcement comes before it has a default depends on what is being delivered just now: so its
  // default overlooks that, and the model too, for which it comes after the announcement.
  world.announce(place, witness.number, 'Subscribe');
  place.add(witness);
  const ownAnnouncement = changeToken(witness.number, 'Subscribe');
  const takesRest: Handler = (message, topic, subscription) => {
    if (tokenOf(message) === ownAnnouncement) return undefined;
    if (witness.routes.has(message.type)) violatesRoutes(world, witness, message.type);
    return witness.handler(message, topic, subscription);
  };
  return world.quietly(() => {
    const router = createMessageRouter(place.topic, { ...options, ...witness.hooks });
    return routed(witness, router.setDefault(takesRest));
  });
}

/** A router without a default: its routes are its filter (R3). */
export function openNarrowRouter(world: World, place: Place): Guest {
  const types = world.random.pick([[Plain], [Plain, State], [Formatted, CacheUpdate]]);
  const witness = new Witness(world, place, new Taste(types, false), true);
  place.add(witness);
  world.announce(place, witness.number, 'Subscribe');
  return world.quietly(() => {
    const router = createMessageRouter(place.topic, witness.hooks);
    for (const type of types) addRoute(world, witness, router, type);
    return routed(witness, router);
  });
}

/** Adds or removes routes beside a default, to which what has no route goes when its turn has come (R4). */
export function changeRoutes(world: World): void {
  for (let tries = 0; tries < 10; tries++) changeRoute(world, world.crowd.draw(world.random));
}

function changeRoute(world: World, witness: Guest): void {
  const { router, routes, taste } = witness;
  if (router === undefined || taste.types !== undefined) return;
  const type = world.random.pick([Plain, State]);
  if (routes.delete(type)) router.remove(type);
  else addRoute(world, witness, router, type);
}

function addRoute(world: World, witness: Guest, router: MessageRouter, type: AnyMessageType): void {
  witness.routes.add(type);
  router.add(type, (message, topic, subscription) => {
    if (message.type !== type || !witness.routes.has(type)) violatesRoutes(world, witness, message.type);
    return witness.handler(message, topic, subscription);
  });
}

function routed(witness: Guest, router: MessageRouter): Guest {
  witness.handle = witness.router = router;
  witness.subscription = router.subscription;
  return witness;
}

function violatesRoutes({ violations }: World, { id }: Guest, { name }: AnyMessageType): void {
  violations.report('R1', `the router ${id} gave a message of the type ${name} to a handler that is not its`);
}
