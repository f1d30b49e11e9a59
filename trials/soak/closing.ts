import { CacheClear } from '@stasis-rx/core';
import { expectEnd, leave } from './departures.js';
import { lull } from './lull.js';
import { State } from './messages.js';
import type { Patience } from './patience.js';
import type { Store } from './store.js';
import type { World } from './world.js';

/** Ends everything: caches are cleared, some subscriptions leave, the bus closes. Then nothing must be left. */
export async function close(world: World, patience: Patience): Promise<void> {
  const { bus, crowd, stores, random, violations } = world;
  await lull(world, patience);
  world.isQuiet = true;
  for (const store of stores) clearCache(world, store);
  for (const witness of [...crowd.members]) if (random.chance(0.2)) leave(world, witness);

  const byTopic = new Map(world.allPlaces.map((place) => [place.topic, place]));
  for (const topic of bus.topics()) {
    const place = byTopic.get(topic);
    if (place === undefined) violations.report('T1', `the bus has a topic ${topic.name} that nobody made`);
    else expectEnd(world, place);
  }
  world.figures.topicsEnded += byTopic.size;
  await patience.wait('S6', 'bus.close()', bus.close());
  await letGo(world);
  compareEnd(world);
}

/** Those who are left observe caches, which never complete. And what RxJS reports late has to be heard. */
export async function letGo({ onlookers }: World): Promise<void> {
  for (const onlooker of [...onlookers.members]) {
    onlooker.expectNothing();
    onlooker.leave();
  }
  await new Promise((resolve) => setTimeout(resolve, 1));
}

function clearCache(world: World, store: Store): void {
  const { hub, cache } = store;
  for (const id of store.ids) {
    const snapshot = State({ id, number: ++world.figures.messages, from: hub.name, hops: 0 });
    world.send(hub, CacheClear(snapshot), () => {
      store.clear(snapshot);
    });
  }
  if (cache.size + cache.dumpAll().length === 0) return;
  world.violations.report('C4', `the cache behind ${hub.name} is not empty after all was cleared`);
}

function compareEnd({ bus, figures, waiting, violations }: World): void {
  const { topics, subscriptions } = bus.statistics();
  if (topics.length + subscriptions.length + bus.topics().length > 0) {
    violations.report('S6', `the closed bus has ${topics.length} topics and ${subscriptions.length} subscriptions`);
  }
  if (figures.finals !== figures.subscriptions) {
    violations.report('S4', `${figures.subscriptions} subscriptions had ${figures.finals} final messages`);
  }
  if (figures.reports !== figures.failures) {
    violations.report(
      'T6',
      `${figures.failures} handlers, observers and topics failed, and ${figures.reports} failures were reported`,
    );
  }
  if (waiting > 0) {
    violations.report('S6', `${waiting} promises of join(), publishSync() and drained() have not resolved`);
  }
}
