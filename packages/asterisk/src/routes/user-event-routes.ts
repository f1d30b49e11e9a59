import type { AriRoutes } from './ari-routes.js';
import { readOptionalBridge } from '../snapshots/bridge.js';
import { readOptionalChannel } from '../snapshots/channel.js';
import { deliver } from '../topics/delivery.js';
import { readOptionalEndpoint } from '../snapshots/endpoint.js';
import { MultiUserEvent } from '../messages/user-event-messages.js';

/** User events. They are published once, however many objects they speak of: whoever counts them counts right. */
export const userEventRoutes: AriRoutes = {
  ChannelUserevent: (asterisk, { fields, options }) => {
    const data = {
      eventname: fields.text('eventname'),
      userevent: fields.objectOrEmpty('userevent').json,
      channel: readOptionalChannel(fields, 'channel'),
      bridge: readOptionalBridge(fields, 'bridge'),
      endpoint: readOptionalEndpoint(fields, 'endpoint'),
    };
    const message = MultiUserEvent(data, options);
    if (data.channel !== null) return deliver(asterisk.channelIfAlive(data.channel.id), message);
    if (data.bridge !== null) return deliver(asterisk.bridges, message);
    if (data.endpoint !== null) return deliver(asterisk.endpoints, message);
    return deliver(asterisk.channels, message);
  },
};
