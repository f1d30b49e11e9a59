import type { AriEvent } from './ari-event.js';
import { isJsonObject } from './ari-fields.js';
import { AriUnknown } from './ari-unknown.js';
import type { LiveAsteriskTopics } from './asterisk-topics.js';
import { deliver, type Delivery } from './delivery.js';

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
