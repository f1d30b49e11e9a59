import { parseAriEvent } from './ari-event.js';
import type { AriRoute } from './ari-routes.js';
import { assertAsteriskTopics, type AsteriskTopics, type LiveAsteriskTopics } from './asterisk-topics.js';
import { bridgeRoutes } from './bridge-routes.js';
import { channelRoutes } from './channel-routes.js';
import type { Delivery } from './delivery.js';
import { endpointRoutes } from './endpoint-routes.js';
import { UnknownAriEventError } from './errors.js';
import { userEventRoutes } from './user-event-routes.js';

/** A Map: an event that calls itself `constructor` finds nothing. */
const routes: ReadonlyMap<string, AriRoute> = new Map(
  [channelRoutes, bridgeRoutes, endpointRoutes, userEventRoutes].flatMap((group) => Object.entries(group)),
);

/**
 * Publishes one ARI event as the messages that Asterisk's own modules would see, with Asterisk's own time.
 *
 * What concerns a channel goes to that channel's topic, and through it to `channels`; a message about a channel that has
 * ended, or whose first snapshot has not come, goes to `channels` itself. A channel's topic completes with
 * `ChannelDestroyed`. When the call returns, the caches are as the event says (C3). The event is copied: it is neither
 * kept nor frozen.
 *
 * @param asterisk made by `createAsteriskTopics`
 * @param event as parsed from the JSON that Asterisk sent
 * @returns `false` when a mailbox that was fed stands above high water, else `true`
 * @throws UnknownAriEventError when there is no message for events of its type; nothing was published
 * @throws BrokenAriEventError when the event is not what Asterisk documents; nothing was published, nothing changed
 * @throws StasisError `BUS_CLOSED` when the bus is closed
 * @throws InvalidArgumentError when `asterisk` is something else
 * @example
 * socket.on('message', (text) => publishAriEvent(asterisk, JSON.parse(text)));
 */
export function publishAriEvent(asterisk: AsteriskTopics, event: unknown): boolean {
  assertAsteriskTopics('[asterisk] publishAriEvent()', asterisk);
  return deliverAriEvent(asterisk, event).hasRoom;
}

/** Does the same, and tells what to wait for when there is no room. */
export function deliverAriEvent(asterisk: LiveAsteriskTopics, json: unknown): Delivery {
  const event = parseAriEvent(json);
  const route = routes.get(event.type);
  if (route === undefined) throw new UnknownAriEventError(event.type);
  return route(asterisk, event);
}
