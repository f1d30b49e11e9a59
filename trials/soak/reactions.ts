import { StasisError, type Message } from '@stasis-rx/core';
import { concat, of, throwError } from 'rxjs';
import { changeSomething } from './changes.js';
import { isChange, isUpdate, parcelOf } from './messages.js';
import { macrotask } from './patience.js';
import { lottery, type Weighted } from './random.js';
import type { Guest } from './place.js';
import type { React, World } from './world.js';

/** How likely it is that a handler does more than to return. */
const LIVELINESS = 0.01;
/** Of a bus that was told nothing else: 90 % of 500. */
const LOW_WATER = 450;
/** So often may handlers answer one another's messages. */
const MOST_HOPS = 3;

const endings: Weighted<React> = [
  [20, () => Promise.resolve()],
  [2, () => new Promise((resolve) => setImmediate(resolve))],
  [2, resolvesTwice],
  [2, () => withOwnThen((fulfilled) => void Promise.resolve().then(fulfilled).then(fulfilled))],
  [4, () => concat(of(1), Promise.resolve())],
  [2, () => of(1)],
  [4, fails],
  [4, async (world, witness, message) => Promise.reject(failure(world, witness, message))],
  [2, (world, witness, message) => throwError(() => failure(world, witness, message))],
  [2, rejectsTwice],
];

const drawEnding = lottery(endings);

const drawReaction = lottery<React>([
  ...endings,
  [20, publishes],
  [2, changeSomething],
  [4, publishesLater],
  [8, asksForRoom],
]);

/** Plays a handler's part: mostly returns at once, and sometimes does whatever a handler may come up with. */
export function react(world: World, witness: Guest, message: Message): unknown {
  if (!world.random.chance(LIVELINESS)) return undefined;
  const draw = world.isQuiet ? drawEnding : drawReaction;
  return draw(world.random)(world, witness, message);
}

function fails(world: World, witness: Guest, message: Message): never {
  throw failure(world, witness, message);
}

/** Publishes on the topic where it subscribed, which is the hardest for the order there (T3), or on any other. */
function publishes(world: World, { place }: Guest, message: Message): void {
  const hops = hopsOf(message) + 1;
  if (hops > MOST_HOPS) return;
  world.figures.nested++;
  const isHere = place.slot !== undefined && world.random.chance(0.5);
  world.publish(isHere ? place : world.places.draw(world.random), hops);
}

async function publishesLater(world: World, witness: Guest, message: Message): Promise<void> {
  await Promise.resolve();
  if (!world.isQuiet) publishes(world, witness, message);
}

/** A native promise with a `then` of its own, which calls back at once, or twice: for the bus it is one promise (S1). */
function withOwnThen(then: (fulfilled: () => void, rejected: (error: unknown) => void) => unknown): Promise<void> {
  const promise = Promise.resolve();
  promise.then = ((fulfilled: () => void, rejected: (error: unknown) => void) => {
    then(fulfilled, rejected);
    return promise;
  }) as typeof promise.then;
  return promise;
}

function resolvesTwice(): Promise<void> {
  return withOwnThen((fulfilled) => {
    fulfilled();
    fulfilled();
  });
}

function rejectsTwice(world: World, witness: Guest, message: Message): Promise<void> {
  const cause = failure(world, witness, message);
  return withOwnThen((_, rejected) => {
    rejected(cause);
    rejected(cause);
  });
}

/**
 * Waits where it is fed itself, which must be refused where it could not come to an end: when it is its own mailbox that
 * is congested (S10). What is asked comes to some end in any case.
 */
function asksForRoom(world: World, witness: Guest): Promise<void> {
  const { figures, violations } = world;
  const { id, place, subscription, isByItself, isSubscribed } = witness;
  const mustBeRefused = isByItself && isSubscribed && (subscription?.depth ?? 0) > LOW_WATER;
  figures.asked++;
  world.waiting++;
  void place.topic.drained().then(
    () => {
      world.waiting--;
      if (mustBeRefused) violations.report('S10', `drained() in the handler of ${id} was not refused`);
    },
    (error: unknown) => {
      world.waiting--;
      figures.refused++;
      if (error instanceof StasisError && error.code === 'WAITS_FOR_ITSELF') return;
      violations.report('S10', `drained() in the handler of ${id} failed: ${String(error)}`);
    },
  );
  return macrotask();
}

/** Changes and updates come of something that happened once, and are counted as the first. */
function hopsOf(message: Message): number {
  return isChange(message) || isUpdate(message) ? 0 : parcelOf(message).hops;
}

function failure(world: World, witness: Guest, message: Message): Error {
  return world.failures.happen(witness, message);
}
