import type { Subscription } from './subscription.js';
import { busOf } from './subscriptions-context.js';

/** A subscription that keeps what its handler dispatches by itself. */
interface Routed extends Subscription {
  routes: readonly string[] | undefined;
}

/**
 * For handlers that dispatch by type themselves, as a router does: has `bus.describe()` list a route with the subscription,
 * and `bus.events$` tell of it. A route that is removed without having been added is not told of.
 *
 * @param route what it takes, in a word: a message type's name
 */
export function tellRoute(subscription: Subscription, change: 'added' | 'removed', route: string): void {
  const routed = subscription as Routed;
  const { id, topic, routes = [] } = routed;
  const index = routes.indexOf(route);
  if (change === 'added') routed.routes = [...routes, route];
  else if (index < 0) return;
  else routed.routes = routes.filter((_, at) => at !== index);
  busOf(topic).events.emit({ type: `route-${change}`, subscription: id, route });
}
