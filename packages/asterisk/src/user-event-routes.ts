import type { AriRoutes } from './ari-routes.js';
import { readBridge } from './bridge.js';
import { readOptionalChannel } from './channel.js';
import { deliver } from './delivery.js';
import { readEndpoint } from './endpoint.js';
import { MultiUserEvent } from './user-event-messages.js';

/** User events. They are published once, however many objects they speak of: whoever counts them counts right. */
export const userEventRoutes: AriRoutes = {
  ChannelUserevent: (asterisk, { fields, options }) => {
    const bridge = fields.optionalObject('bridge');
    const endpoint = fields.optionalObject('endpoint');
    const data = {
      eventname: fields.text('eventname'),
      userevent: fields.objectOrEmpty('userevent').json,
      channel: readOptionalChannel(fields, 'channel'),
      bridge: bridge && readBridge(bridge),
      endpoint: endpoint && readEndpoint(endpoint),
    };
    const message = MultiUserEvent(data, options);
    if (data.channel !== null) return deliver(asterisk.channelIfAlive(data.channel.id), message);
    if (data.bridge !== null) return deliver(asterisk.bridges, message);
    if (data.endpoint !== null) return deliver(asterisk.endpoints, message);
    return deliver(asterisk.channels, message);
  },
};
