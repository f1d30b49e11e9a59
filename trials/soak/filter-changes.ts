import { CacheUpdate, SubscriptionChange, type AnyMessageType, type Subscription } from '@stasis-rx/core';
import { PUBLISHED_TYPES } from './messages.js';
import { lottery } from './random.js';
import type { Taste } from './taste.js';
import type { World } from './world.js';

/** How a filter changes, in the model and on the bus. Neither runs a handler. */
type FilterChange = (taste: Taste, subscription: Subscription, type: AnyMessageType) => void;

const TYPES = [...PUBLISHED_TYPES, SubscriptionChange, CacheUpdate];

const drawFilterChange = lottery<FilterChange>([
  [4, accept],
  [4, decline],
  [1, acceptFormats],
  [2, acceptAll],
]);

/** Somebody wants something else from now on (S8). The filter of a router is left alone: it belongs to the router. */
export function changeFilter({ random, crowd }: World): void {
  const { router, subscription, taste, place } = crowd.draw(random);
  if (router !== undefined || subscription === undefined) return;
  drawFilterChange(random)(taste, subscription, random.pick(TYPES));
  place.changed();
}

function accept(taste: Taste, subscription: Subscription, type: AnyMessageType): void {
  (taste.types ??= new Set()).add(type);
  subscription.accept(type);
}

function decline(taste: Taste, subscription: Subscription, type: AnyMessageType): void {
  taste.types?.delete(type);
  subscription.decline(type);
}

function acceptFormats(taste: Taste, subscription: Subscription): void {
  taste.wantsJson = true;
  subscription.acceptFormats('json');
}

function acceptAll(taste: Taste, subscription: Subscription): void {
  taste.types = undefined;
  taste.wantsJson = false;
  subscription.acceptAll();
}
