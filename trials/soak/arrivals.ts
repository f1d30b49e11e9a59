import { CacheUpdate, SubscriptionChange, type Dispatcher, type SubscribeOptions } from '@stasis-rx/core';
import { join } from './departures.js';
import { PUBLISHED_TYPES } from './messages.js';
import type { Guest, Place } from './place.js';
import { lottery, type Random } from './random.js';
import { openNarrowRouter, openRouter } from './routers.js';
import { Taste } from './taste.js';
import { Witness } from './witness.js';
import type { World } from './world.js';

const later: Dispatcher = (drain) => setImmediate(drain);
const atOnce: Dispatcher = (drain) => {
  drain();
};

/** How somebody subscribes. */
const drawWay = lottery<(world: World, place: Place) => Guest>([
  [50, (world, place) => subscribes(world, place, {})],
  [20, (world, place) => subscribes(world, place, { delivery: 'synchronous' })],
  [5, (world, place) => subscribes(world, place, { dispatcher: later })],
  [5, (world, place) => subscribes(world, place, { dispatcher: atOnce })],
  [8, (world, place) => openRouter(world, place, { delivery: 'queued' })],
  [4, (world, place) => openRouter(world, place, { delivery: 'synchronous' })],
  [8, openNarrowRouter],
]);

const drawTaste = lottery<(random: Random) => Taste>([
  [40, () => new Taste(undefined, false)],
  [25, (random) => new Taste([random.pick(PUBLISHED_TYPES), random.pick(PUBLISHED_TYPES)], false)],
  [15, (random) => new Taste([random.pick(PUBLISHED_TYPES), SubscriptionChange, CacheUpdate], false)],
  [10, () => new Taste(undefined, true)],
  [10, (random) => new Taste([random.pick(PUBLISHED_TYPES)], true)],
]);

/** Somebody subscribes somewhere: hubs and caches are popular. A handler may end the topic before this returns. */
export function arrive(world: World): void {
  const { random, crowd, leftovers, violations } = world;
  const witness = drawWay(random)(world, drawPlace(world));
  const { subscription } = witness;
  if (subscription?.id !== witness.id) {
    violations.report('S3', `a subscription has the id ${String(subscription?.id)}, and not ${witness.id}`);
  }
  if (subscription !== undefined) leftovers.watch(subscription);
  if (witness.isSubscribed) crowd.add(witness);
  else join(world, witness);
}

function drawPlace({ random, hubs, stores, places }: World): Place {
  if (random.chance(0.04)) return random.pick(hubs);
  if (random.chance(0.03)) return random.pick(stores).updates;
  return places.draw(random);
}

function subscribes(world: World, place: Place, options: SubscribeOptions): Guest {
  const taste = drawTaste(world.random)(world.random);
  const isByItself = options.delivery !== 'synchronous' && options.dispatcher !== atOnce;
  const witness = new Witness(world, place, taste, isByItself);
  place.add(witness);
  world.announce(place, witness.number, 'Subscribe');
  witness.handle = witness.subscription = world.subscribe(place.topic, witness.handler, {
    ...options,
    ...witness.hooks,
    accept: taste.types && [...taste.types],
    acceptFormats: taste.wantsJson ? ['json'] : undefined,
  });
  return witness;
}
