import { forwardAll, StasisError } from '@stasis-rx/core';
import type { Place } from './place.js';
import type { World } from './world.js';

/** Besides those of the pools. */
const MOST_FORWARDS = 300;

/** Forwards one topic to another. What would close a cycle must be refused (F4), what leads to itself does nothing (F3). */
export function forward(world: World): void {
  const { hubs, forwards } = world;
  if (forwards.size >= MOST_FORWARDS) cancelForward(world);
  const [from, to] = drawEnds(world);
  if (!from.isOpen || !to.isOpen || hubs.includes(from)) return;
  const isCycle = from !== to && to.reach.includes(from);
  if (isCycle) world.figures.cycles++;
  else if (from !== to) from.forwardTo(to);
  const cancel = tryToForward(world, from, to, isCycle);
  if (cancel === undefined || from === to) return;
  world.figures.forwards++;
  forwards.add({ slot: undefined, from, to, cancel });
}

/** Any two topics; or what makes a diamond, a cycle, or a forward to oneself. */
function drawEnds({ random, forwards, places }: World): readonly [from: Place, to: Place] {
  const known = forwards.size > 0 ? forwards.draw(random) : undefined;
  if (known === undefined || random.chance(0.4)) return [places.draw(random), places.draw(random)];
  if (random.chance(0.7)) return [known.from, places.draw(random)];
  return random.chance(0.5) ? [known.to, known.from] : [known.from, known.from];
}

/** Cancels any forward; where one of its topics has ended, there is nothing left to cancel. */
export function cancelForward({ random, forwards }: World): void {
  if (forwards.size === 0) return;
  const drawn = forwards.draw(random);
  forwards.remove(drawn);
  const { from, to, cancel } = drawn;
  if (from.isOpen && to.isOpen) from.cancelForwardTo(to);
  cancel();
}

/** Returns what cancels the forward; nothing when it was refused. */
function tryToForward({ violations }: World, from: Place, to: Place, isCycle: boolean): (() => void) | undefined {
  try {
    const handle = forwardAll(from.topic, to.topic);
    if (isCycle) violations.report('F4', `${from.name} forwards to ${to.name}, which closes a cycle`);
    return () => {
      handle.cancel();
    };
  } catch (error) {
    if (isCycle && error instanceof StasisError && error.code === 'FORWARD_CYCLE') return undefined;
    violations.report('F1', `${from.name} cannot be forwarded to ${to.name}: ${String(error)}`);
    return undefined;
  }
}
