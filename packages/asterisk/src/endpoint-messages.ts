import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Endpoint } from './endpoint.js';
import type { MultiUserEventData } from './user-event-messages.js';

/** What became of an endpoint. ARI does not tell when one is taken away. */
export interface EndpointSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: Endpoint | null;
  /** The endpoint now. */
  readonly new: Endpoint;
}

/** An endpoint has changed. In Asterisk `ast_endpoint_snapshot_type`. */
export const EndpointSnapshot: MessageType<EndpointSnapshotData> =
  messageType<EndpointSnapshotData>('ast_endpoint_snapshot_type');

/** What Asterisk found out about a peer. */
export interface EndpointStateData {
  /** The endpoint whose peer it is. */
  readonly endpoint: Endpoint;
  /** What Asterisk tells of the peer: `peer_status` and, where known, `cause`, `address`, `port`, `time`. */
  readonly peer: Readonly<Record<string, unknown>>;
}

/** A peer of an endpoint registered, or can or cannot be reached. In Asterisk `ast_endpoint_state_type`. */
export const EndpointState: MessageType<EndpointStateData> = messageType<EndpointStateData>('ast_endpoint_state_type');

/** What Asterisk found out about a contact. */
export interface EndpointContactStateData {
  /** The endpoint whose contact it is. */
  readonly endpoint: Endpoint;
  /** What Asterisk tells of the contact: `uri`, `contact_status`, `aor` and, where measured, `roundtrip_usec`. */
  readonly contact_info: Readonly<Record<string, unknown>>;
}

/** A contact of an endpoint came, went, or can or cannot be reached. In Asterisk `ast_endpoint_contact_state_type`. */
export const EndpointContactState: MessageType<EndpointContactStateData> = messageType<EndpointContactStateData>(
  'ast_endpoint_contact_state_type',
);

/** Everything that is published on `endpoints`. */
export type EndpointMessage =
  | Message<EndpointSnapshotData>
  | Message<EndpointStateData>
  | Message<EndpointContactStateData>
  | Message<MultiUserEventData>;
