import type { AriRoutes } from './ari-routes.js';
import { deliver } from './delivery.js';
import { DeviceState } from './device-messages.js';
import { endpointId, readEndpoint } from './endpoint.js';
import { EndpointContactState, EndpointSnapshot, EndpointState } from './endpoint-messages.js';

/** The events about endpoints and devices. Each reads its event whole before it publishes or changes anything. */
export const endpointRoutes: AriRoutes = {
  EndpointStateChange: (asterisk, { fields, options }) => {
    const endpoint = readEndpoint(fields.object('endpoint'));
    const old = asterisk.endpointSnapshots.last(endpointId(endpoint));
    return deliver(asterisk.endpoints, EndpointSnapshot({ old, new: endpoint }, options));
  },

  PeerStatusChange: (asterisk, { fields, options }) => {
    const data = { endpoint: readEndpoint(fields.object('endpoint')), peer: fields.object('peer').json };
    return deliver(asterisk.endpoints, EndpointState(data, options));
  },

  ContactStatusChange: (asterisk, { fields, options }) => {
    const data = {
      endpoint: readEndpoint(fields.object('endpoint')),
      contact_info: fields.object('contact_info').json,
    };
    return deliver(asterisk.endpoints, EndpointContactState(data, options));
  },

  DeviceStateChanged: (asterisk, { fields, options }) => {
    const device = fields.object('device_state');
    return deliver(asterisk.devices, DeviceState({ name: device.id('name'), state: device.text('state') }, options));
  },
};
