import { State, tokenOf, tokenOfSnapshot } from './messages.js';
import { Onlooker } from './onlooker.js';
import { lottery } from './random.js';
import type { World } from './world.js';

/** So many there are at the most: then one leaves, and one comes. */
const MOST_ONLOOKERS = 100;

const drawView = lottery<(world: World) => void>([
  [6, lookAtTopic],
  [2, lookAtEntry],
  [2, lookAtChanges],
  [2, lookAtCongestion],
  [1, lookAtBus],
]);

/** Somebody observes something in RxJS's own way, and will throw. */
export function look(world: World): void {
  const { onlookers, random } = world;
  if (onlookers.size >= MOST_ONLOOKERS) onlookers.draw(random).leave();
  drawView(random)(world);
}

function lookAtTopic(world: World): void {
  const { random, hubs, places } = world;
  const place = random.chance(0.2) ? random.pick(hubs) : places.draw(random);
  const onlooker = new Onlooker(world, { name: place.name, hook: 'bus', watched: place });
  place.addOnlooker(onlooker);
  onlooker.compare(place.topic, tokenOf);
}

function lookAtEntry(world: World): void {
  const { random, stores } = world;
  const store = random.pick(stores);
  const id = random.pick([...store.ids, 0]);
  const onlooker = new Onlooker(world, { name: `cache.watch of ${id}`, hook: 'bus', watched: store });
  onlooker.expect(store.addOnlooker(onlooker, id));
  onlooker.compare(store.cache.watch(State, id), tokenOfSnapshot);
}

function lookAtChanges(world: World): void {
  const store = world.random.pick(world.stores);
  const onlooker = new Onlooker(world, { name: 'cache.changes', hook: 'bus', watched: store });
  store.addOnlooker(onlooker);
  onlooker.compare(store.cache.changes(State), ({ snapshot }) => tokenOfSnapshot(snapshot));
}

function lookAtCongestion(world: World): void {
  // The mailboxes at hubs are those that are congested.
  const { witnesses } = world.random.pick(world.hubs);
  const witness = witnesses.length > 0 ? world.random.pick(witnesses) : world.crowd.draw(world.random);
  const { id, subscription, hasErrorHook } = witness;
  if (subscription === undefined) return;
  const hook = hasErrorHook ? witness : 'bus';
  new Onlooker(world, { name: `congestion$ of ${id}`, hook }).observe(subscription.congestion$);
}

function lookAtBus(world: World): void {
  new Onlooker(world, { name: 'bus.events$', hook: 'bus' }).observe(world.bus.events$);
}
