import { macrotask, type Patience } from './patience.js';
import type { World } from './world.js';

/** Waits until the bus stands still, and compares everything with the model: who got what, caches, statistics. */
export async function lull(world: World, patience: Patience): Promise<void> {
  await patience.wait('S6', 'bus.settled()', world.bus.settled());
  await macrotask();
  if (world.violations.isBroken) return;
  for (const witness of world.crowd.members) witness.expectNothing();
  for (const onlooker of world.onlookers.members) onlooker.expectNothing();
  for (const store of world.stores) store.compareAll();
  if (world.waiting > 0) {
    world.violations.report(
      'T5, S6',
      `${world.waiting} promises of join(), publishSync() and drained() have not resolved`,
    );
  }
  compareStatistics(world);
  world.figures.lulls++;
}

/** Z1: counts are exact. */
function compareStatistics(world: World): void {
  const { topics, subscriptions } = world.bus.statistics();
  const topicsFound = topics.map(({ name, subscribers, dispatched, notDispatched }) =>
    topicInWords(name, subscribers, dispatched + notDispatched),
  );
  const topicsExpected = world.allPlaces.map(({ name, witnesses, onlookers, published }) =>
    topicInWords(name, witnesses.length + onlookers.size, published),
  );
  compare(world, topicsFound, topicsExpected);

  const routers = new Set(world.crowd.members.flatMap(({ router, id }) => (router === undefined ? [] : id)));
  const subscriptionsFound = subscriptions.map(({ id, passed, depth }) =>
    subscriptionInWords(id, routers.has(id) ? undefined : passed, depth),
  );
  // A router's filter lets its own announcement pass, for which it may have no route.
  const subscriptionsExpected = world.crowd.members.map(({ id, router, passed }) =>
    subscriptionInWords(id, router === undefined ? passed : undefined, 0),
  );
  compare(world, subscriptionsFound, subscriptionsExpected);
}

function compare({ violations }: World, found: readonly string[], expected: readonly string[]): void {
  const [missing] = difference(expected, found);
  const [unexpected] = difference(found, expected);
  if (missing === undefined && unexpected === undefined) return;
  violations.report('Z1', `the statistics say "${unexpected ?? 'nothing'}" where it is "${missing ?? 'nothing'}"`);
}

function difference(one: readonly string[], other: readonly string[]): string[] {
  const rest = new Set(other);
  return one.filter((element) => !rest.has(element));
}

function topicInWords(name: string, subscribers: number, published: number): string {
  return `${name}: ${subscribers} subscribers, ${published} published`;
}

function subscriptionInWords(id: string, passed: number | undefined, depth: number): string {
  return `${id}: ${passed ?? 'some'} passed, ${depth} wait`;
}
