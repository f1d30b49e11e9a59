import type { AriRoute, AriRoutes } from './ari-routes.js';
import {
  ApplicationRegistered,
  ApplicationReplaced,
  ApplicationUnregistered,
  MissingParams,
  RestResponse,
} from '../messages/application-messages.js';
import { deliver } from '../topics/delivery.js';

/** The events about Stasis applications, and what ARI says of itself. */
export const applicationRoutes: AriRoutes = {
  ApplicationRegistered: aboutApplication(ApplicationRegistered),
  ApplicationUnregistered: aboutApplication(ApplicationUnregistered),
  ApplicationReplaced: aboutApplication(ApplicationReplaced),

  MissingParams: ({ applications }, { fields, options }) =>
    deliver(applications, MissingParams({ params: fields.texts('params') }, options)),

  RESTResponse: ({ applications }, { fields, options }) => {
    const data = {
      transaction_id: fields.text('transaction_id', ''),
      request_id: fields.text('request_id', ''),
      status_code: fields.integer('status_code'),
      reason_phrase: fields.text('reason_phrase', ''),
      uri: fields.text('uri', ''),
      content_type: fields.text('content_type', ''),
      message_body: fields.text('message_body', ''),
    };
    return deliver(applications, RestResponse(data, options));
  },
};

function aboutApplication(type: typeof ApplicationRegistered): AriRoute {
  return ({ applications }, { fields, options }) =>
    deliver(applications, type({ application: fields.text('application', '') }, options));
}
