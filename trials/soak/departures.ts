import { Party } from './party.js';
import type { Guest, Place } from './place.js';
import { lottery } from './random.js';
import type { Store } from './store.js';
import type { World } from './world.js';

/** How somebody leaves. */
const drawExit = lottery<(witness: Guest) => unknown>([
  [4, ({ handle }) => handle?.unsubscribe()],
  [2, ({ handle }) => handle?.[Symbol.dispose]()],
  [1, ({ handle }) => handle?.[Symbol.asyncDispose]()],
  [
    4,
    ({ handle, controller, party }) =>
      controller !== undefined && party === undefined ? controller.abort() : handle?.unsubscribe(),
  ],
]);

/** Somebody leaves, and joins. Doing it twice does nothing (S7). */
export function leave(world: World, witness: Guest): void {
  expectDeparture(world, witness);
  void drawExit(world.random)(witness);
  if (world.random.chance(0.1)) witness.handle?.unsubscribe();
  join(world, witness);
}

/** A signal aborts that several have: they leave together, and see each other go. Handlers change nothing in between. */
export function breakUp(world: World): void {
  const { members, controller } = world.party;
  const leaving = [...members];
  if (leaving.length < 2) return;
  world.party = new Party();
  world.figures.parties++;
  for (const witness of leaving) expectDeparture(world, witness);
  world.quietly(() => {
    controller.abort();
  });
  for (const witness of leaving) join(world, witness);
}

/** A topic ends, and with it everybody who subscribed there; then one of its name is opened. */
export function renewTopic(world: World, place: Place): void {
  const { bus, random, figures, failures, violations } = world;
  const { pooling, name } = place;
  world.places.remove(place);
  expectEnd(world, place);
  figures.topicsEnded++;
  if (pooling !== undefined && random.chance(0.5)) pooling.pool.delete(pooling.name);
  else if (random.chance(0.5)) place.topic.complete();
  else place.topic.error(failures.foresee('bus'));
  // T1: an end is an end. It reaches nobody.
  if (!place.topic.publish(world.compose(place))) violations.report('T1', `${name} has ended, and has no room`);
  if (bus.find(name) !== undefined) violations.report('T1', `the topic ${name} has ended and can be found`);
  const opened = pooling === undefined ? world.open(name) : world.openPooled(pooling);
  if (opened.topic === place.topic) violations.report('T1', `the topic ${name} has ended and was given again`);
}

/** A caching topic ends, and another one takes its place. What is cached stays. */
export function renewCaching(world: World, store: Store): void {
  expectEnd(world, store.updates);
  world.figures.topicsEnded++;
  world.quietly(() => {
    store.renew();
  });
  world.figures.topics++;
  world.leftovers.watch(store.updates.topic);
}

/** The model's: one subscription leaves, and the others see it go (S5). */
function expectDeparture(world: World, witness: Guest): void {
  const { place } = witness;
  witness.expectFinal();
  world.crowd.remove(witness);
  place.remove(witness);
  world.announce(place, witness.number, 'Unsubscribe');
}

/** The model's: all subscriptions of a topic leave together, and do not see each other go (S5). */
export function expectEnd(world: World, place: Place): void {
  const leaving = place.witnesses.splice(0);
  place.changed();
  for (const witness of leaving) {
    world.crowd.remove(witness);
    world.announce(place, witness.number, 'Unsubscribe');
    witness.expectFinal();
    join(world, witness);
  }
  for (const onlooker of place.onlookers) onlooker.expectEnd();
  place.detach();
}

/** Asks to be told when a subscription is done, and looks whether it is (S6). Not while it is being made. */
export function join(world: World, witness: Guest): void {
  if (witness.handle === undefined) return;
  world.waiting++;
  void witness.handle.join().then(() => {
    world.waiting--;
    if (!witness.isEnded) world.violations.report('S6', `join() of ${witness.id} resolved too early`);
  });
}
