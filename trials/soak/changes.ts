import { arrive } from './arrivals.js';
import { breakUp, leave, renewCaching, renewTopic } from './departures.js';
import { changeFilter } from './filter-changes.js';
import { cancelForward, forward } from './forwards.js';
import { tokenOf } from './messages.js';
import { look } from './onlookers.js';
import { lottery } from './random.js';
import { changeRoutes } from './routers.js';
import type { World } from './world.js';

/** So many subscriptions there are meant to be. */
export const SUBSCRIPTIONS = 1000;

const drawChange = lottery<(world: World) => void>([
  [30, someLeaveAndOthersCome],
  [8, changeFilter],
  [6, changeRoutes],
  [20, forward],
  [10, cancelForward],
  [6, endTopic],
  [1, endCaching],
  [15, publishAndWait],
  [25, look],
  [3, breakUp],
]);

/** Changes something at random: who is there, who wants what, which topics there are and where they are forwarded. */
export function changeSomething(world: World): void {
  if (world.crowd.size > 0) drawChange(world.random)(world);
  else arrive(world);
}

function someLeaveAndOthersCome(world: World): void {
  leave(world, world.crowd.draw(world.random));
  while (world.crowd.size < SUBSCRIPTIONS) arrive(world);
}

function endTopic(world: World): void {
  const place = world.places.draw(world.random);
  if (!world.hubs.includes(place)) renewTopic(world, place);
}

function endCaching(world: World): void {
  renewCaching(world, world.random.pick(world.stores));
}

/** Publishes, and is told when that one subscription has handled it (T5); nobody stands still meanwhile. */
function publishAndWait(world: World): void {
  const witness = world.crowd.draw(world.random);
  const { handle, place } = witness;
  if (handle === undefined || world.stores.some(({ updates }) => updates === place)) return;
  const message = world.compose(place);
  const handled = world.send(place, message, () => handle.publishSync(message));
  world.figures.waits++;
  world.waiting++;
  void handled.then(() => {
    world.waiting--;
    if (!witness.owes(tokenOf(message))) return;
    world.violations.report('T5', `publishSync() for ${witness.id} resolved too early`);
  });
}
