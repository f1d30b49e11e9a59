import { applicationRoutes } from './application-routes.js';
import { parseAriEvent } from '../events/ari-event.js';
import type { AriRoute } from './ari-routes.js';
import { assertAsteriskTopics, type AsteriskTopics, type LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { bridgeRoutes } from './bridge-routes.js';
import { channelRoutes } from './channel-routes.js';
import type { Delivery } from '../topics/delivery.js';
import { endpointRoutes } from './endpoint-routes.js';
import { UnknownAriEventError } from '../ground/errors.js';
import { mediaRoutes } from './media-routes.js';
import { transferRoutes } from './transfer-routes.js';
import { publishUnknown } from './unknown-route.js';
import { userEventRoutes } from './user-event-routes.js';

/** A Map: an event that calls itself `constructor` finds nothing. */
const routes: ReadonlyMap<string, AriRoute> = new Map(
  [
    channelRoutes,
    bridgeRoutes,
    transferRoutes,
    endpointRoutes,
    mediaRoutes,
    userEventRoutes,
    applicationRoutes,
  ].flatMap((group) => Object.entries(group)),
);

/**
 * Publishes one ARI event as the messages that Asterisk's own modules would see, with Asterisk's own time.
 *
 * What concerns a channel goes to that channel's topic, and through it to `channels`; a message about a channel that has
 * ended, or whose first snapshot has not come, goes to `channels` itself. A channel's topic completes with
 * `ChannelDestroyed`; what comes of its snapshot after that changes nothing (A1). When the call returns, the caches are as
 * the event says (C3). The event is copied: it is neither kept nor frozen.
 *
 * @param asterisk made by `createAsteriskTopics`
 * @param event as parsed from the JSON that Asterisk sent
 * @returns `false` when a mailbox that was fed stands above high water, else `true`
 * @throws UnknownAriEventError when there is no message type for events of its type: it was published as `AriUnknown` (A2)
 * @throws BrokenAriEventError when the event is not what Asterisk documents; nothing was published, nothing changed
 * @throws StasisError `BUS_CLOSED` when the bus is closed
 * @throws InvalidArgumentError when `asterisk` is something else
 * @example
 * socket.on('message', (text) => publishAriEvent(asterisk, JSON.parse(text)));
 */
export function publishAriEvent(asterisk: AsteriskTopics, event: unknown): boolean {
  assertAsteriskTopics('[asterisk] publishAriEvent()', asterisk);
  const { hasRoom, unknown } = deliverAriEvent(asterisk, event);
  if (unknown !== undefined) throw unknown;
  return hasRoom;
}

/** What came of an event. */
export interface AriDelivery extends Delivery {
  /** Set for an event that was published as one that nobody knows. */
  readonly unknown?: UnknownAriEventError;
}

/** Does the same, and tells what to wait for when there is no room. @throws BrokenAriEventError */
export function deliverAriEvent(asterisk: LiveAsteriskTopics, json: unknown): AriDelivery {
  const event = parseAriEvent(json);
  const route = routes.get(event.type);
  if (route !== undefined) return route(asterisk, event);
  return { ...publishUnknown(asterisk, event), unknown: new UnknownAriEventError(event.type) };
}
