import type { AriEvent } from '../events/ari-event.js';
import { isJsonObject } from '../events/ari-fields.js';
import { AriUnknown } from '../messages/ari-unknown.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { deliver, type Delivery } from '../topics/delivery.js';

/** Publishes an event that nobody knows, where those who care for what it speaks of find it. */
export function publishUnknown(asterisk: LiveAsteriskTopics, { type, fields, options }: AriEvent): Delivery {
  const message = AriUnknown({ type, event: fields.json }, options);
  const { channel, bridge, endpoint } = fields.json;
  if (isJsonObject(channel) && typeof channel.id === 'string') {
    return deliver(asterisk.channelIfAlive(channel.id), message);
  }
  if (isJsonObject(bridge)) return deliver(asterisk.bridges, message);
  if (isJsonObject(endpoint)) return deliver(asterisk.endpoints, message);
  return deliver(asterisk.channels, message);
}
