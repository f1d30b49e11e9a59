import { subscribe, type Bus, type Cache } from '@stasis-rx/core';
import { config } from 'rxjs';
import { arrive } from './arrivals.js';
import { changeSomething, SUBSCRIPTIONS } from './changes.js';
import { close, letGo } from './closing.js';
import { Figures } from './figures.js';
import { Leftovers } from './leftovers.js';
import { lull } from './lull.js';
import { macrotask, Patience } from './patience.js';
import type { Place } from './place.js';
import { lottery, Random } from './random.js';
import { react } from './reactions.js';
import { Violations } from './violations.js';
import { realNow, useVirtualClock } from './virtual-clock.js';
import { World, type Subscribe } from './world.js';

/** How long a soak goes on: until both have been reached. */
export interface SoakOptions {
  readonly messages: number;
  readonly seconds: number;
  readonly seed: number;
  /** Told now and then how far it is. */
  readonly onLull?: ((figures: Figures) => void) | undefined;
  /** Default: core's own. */
  readonly subscribe?: Subscribe | undefined;
  /** How long a promise of the bus may take. Default: 30,000. */
  readonly patienceMs?: number | undefined;
}

export interface SoakResult {
  readonly figures: Figures;
  /** What broke: nothing, when all is well. */
  readonly violations: readonly string[];
  readonly leftovers: Leftovers;
  /** What the caller holds on to while it looks whether anything else is left. */
  readonly kept: { readonly bus: Bus; readonly caches: readonly Cache[] };
}

/** Everything is compared after so many messages. */
const LULL_EVERY = 50_000;

/**
 * Has subscriptions come, go, fail and publish at random on a bus of a thousand topics, compares everything that they
 * get with a model, and ends it all. Stops at the first invariant that breaks. The same seed gives the same run, as far
 * as it goes.
 */
export async function soak({ seed, ...options }: SoakOptions): Promise<SoakResult> {
  const [figures, violations, leftovers] = [new Figures(), new Violations(), new Leftovers()];
  const system = { subscribe: options.subscribe ?? subscribe, react };
  const world = new World({ ...system, figures, violations, leftovers, random: new Random(seed) });
  const useRealClock = useVirtualClock();
  config.onUnhandledError = (error) => {
    world.failures.report(error, 'RxJS');
  };
  try {
    await run(world, options);
  } finally {
    // Where something broke, some of it still goes on.
    world.isQuiet = true;
    await letGo(world);
    config.onUnhandledError = null;
    useRealClock();
  }
  const caches = world.stores.map(({ cache }) => cache);
  return { figures, violations: violations.texts, leftovers, kept: { bus: world.bus, caches } };
}

async function run(world: World, options: Omit<SoakOptions, 'seed'>): Promise<void> {
  const { figures, violations } = world;
  const { messages, seconds, patienceMs = 30_000, onLull } = options;
  const patience = new Patience(violations, patienceMs);
  const startedAt = realNow();
  while (world.crowd.size < SUBSCRIPTIONS) arrive(world);
  do {
    await stretch(world, patience);
    figures.elapsedMs = realNow() - startedAt;
    onLull?.(figures);
  } while (!violations.isBroken && (figures.messages < messages || figures.elapsedMs < seconds * 1000));
  if (!violations.isBroken) await close(world, patience);
  figures.elapsedMs = realNow() - startedAt;
}

/** Publishes until it is time to compare. */
async function stretch(world: World, patience: Patience): Promise<void> {
  const { figures, random, violations } = world;
  const end = figures.messages + LULL_EVERY;
  while (figures.messages < end && !violations.isBroken) {
    const place = world.places.draw(random);
    burst(world, place);
    if (random.chance(0.5)) changeSomething(world);
    await drawPause(random)?.(world, patience, place);
  }
  await lull(world, patience);
}

/** One message, or some, or more than a mailbox takes below its high-water mark. */
function burst(world: World, place: Place): void {
  const count = drawCount(world.random)(world.random);
  for (let n = 0; n < count; n++) world.publish(place);
}

const drawCount = lottery<(random: Random) => number>([
  [30, () => 1],
  [60, (random) => random.below(64)],
  [10, (random) => random.below(1024)],
]);

/** What a publisher waits for before it goes on: mostly nothing. */
type Pause = (world: World, patience: Patience, place: Place) => Promise<void>;

const drawPause = lottery<Pause | undefined>([
  [50, undefined],
  [25, () => Promise.resolve()],
  [17, macrotask],
  [6, (_, patience, { topic }) => patience.wait('S10', `drained() of ${topic.name}`, topic.drained())],
  [2, ({ bus }, patience) => patience.wait('S6', 'bus.settled()', bus.settled())],
]);
