import type { AriRoutes } from './ari-routes.js';
import { both, deliver } from '../topics/delivery.js';
import { DeviceState } from '../messages/device-messages.js';
import { readEndpoint, readOptionalEndpoint } from '../snapshots/endpoint.js';
import { EndpointContactState, EndpointState, TextMessageReceived } from '../messages/endpoint-messages.js';

/** The events about endpoints and devices. Each reads its event whole before it publishes or changes anything. */
export const endpointRoutes: AriRoutes = {
  EndpointStateChange: ({ populations }, { fields, options }) =>
    populations.endpoints.change(readEndpoint(fields.object('endpoint')), options),

  // A live Asterisk tells of endpoints by their peers and contacts, with the endpoint as it then is: Asterisk publishes its
  // snapshot before the message about the peer.
  PeerStatusChange: ({ populations, endpoints }, { fields, options }) => {
    const data = { endpoint: readEndpoint(fields.object('endpoint')), peer: fields.object('peer').json };
    return both(populations.endpoints.change(data.endpoint, options), deliver(endpoints, EndpointState(data, options)));
  },

  ContactStatusChange: ({ populations, endpoints }, { fields, options }) => {
    const data = {
      endpoint: readEndpoint(fields.object('endpoint')),
      contact_info: fields.object('contact_info').json,
    };
    return both(
      populations.endpoints.change(data.endpoint, options),
      deliver(endpoints, EndpointContactState(data, options)),
    );
  },

  TextMessageReceived: ({ endpoints }, { fields, options }) => {
    const text = fields.object('message');
    const message = {
      from: text.text('from'),
      to: text.text('to'),
      body: text.text('body'),
      variables: text.objectOrEmpty('variables').json,
    };
    const data = { endpoint: readOptionalEndpoint(fields, 'endpoint'), message };
    return deliver(endpoints, TextMessageReceived(data, options));
  },

  DeviceStateChanged: ({ devices }, { fields, options }) => {
    const device = fields.object('device_state');
    return deliver(devices, DeviceState({ name: device.id('name'), state: device.text('state') }, options));
  },
};
