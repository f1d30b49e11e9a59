import type { AriFields } from '../events/ari-fields.js';

/** An endpoint (a telephone, a trunk), as ARI shows it. */
export interface Endpoint {
  /** Such as `PJSIP`. */
  readonly technology: string;
  /** The endpoint's name within its technology. */
  readonly resource: string;
  /** `online`, `offline` or `unknown`. */
  readonly state: string;
  /** Ids of the channels that the endpoint has. */
  readonly channel_ids: readonly string[];
}

/** @throws BrokenAriEventError */
export function readEndpoint(fields: AriFields): Endpoint {
  return {
    ...fields.json,
    technology: fields.id('technology'),
    resource: fields.id('resource'),
    state: fields.text('state', 'unknown'),
    channel_ids: fields.texts('channel_ids'),
  };
}

/** An endpoint that the event may leave out. @throws BrokenAriEventError */
export function readOptionalEndpoint(event: AriFields, key: string): Endpoint | null {
  const fields = event.optionalObject(key);
  return fields && readEndpoint(fields);
}

/** By what Asterisk and ARI call an endpoint. A technology's name has no slash: no two endpoints share an id. */
export function endpointId({ technology, resource }: Endpoint): string {
  return `${technology}/${resource}`;
}
