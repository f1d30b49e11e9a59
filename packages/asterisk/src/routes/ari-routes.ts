import type { AriEvent } from '../events/ari-event.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import type { Delivery } from '../topics/delivery.js';

/**
 * Makes messages of one event and publishes them.
 * @throws BrokenAriEventError before anything was published or changed
 */
export type AriRoute = (asterisk: LiveAsteriskTopics, event: AriEvent) => Delivery;

/** Routes by event type. */
export type AriRoutes = Readonly<Record<string, AriRoute>>;
