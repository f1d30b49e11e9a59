import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Endpoint } from '../snapshots/endpoint.js';
import type { AriUnknownData } from './ari-unknown.js';
import type { MultiUserEventData } from './user-event-messages.js';

/** What became of an endpoint. No event tells when one is taken away: that is found by listing them (A3). */
export interface EndpointSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: Endpoint | null;
  /** The endpoint now. */
  readonly new: Endpoint & {
    /** Present in its last snapshot: it is no longer there. */
    readonly dead?: true;
  };
  /** Present where no event told of it: see `ChannelSnapshotData.reconciled`. */
  readonly reconciled?: true;
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

/** The text, and for whom it is. */
export interface TextMessageReceivedData {
  /** The endpoint that it came from; `null` where Asterisk knows none. */
  readonly endpoint: Endpoint | null;
  /** The text. */
  readonly message: {
    /** Such as `pjsip:ann@example.org`. */
    readonly from: string;
    /** The same form. */
    readonly to: string;
    /** What is written. */
    readonly body: string;
    /** What came with it, such as the headers of a SIP message. */
    readonly variables: Readonly<Record<string, unknown>>;
  };
}

/** A text message came in. Asterisk has no type for it: `ari_text_message_received`. */
export const TextMessageReceived: MessageType<TextMessageReceivedData> =
  messageType<TextMessageReceivedData>('ari_text_message_received');

/** Everything that is published on `endpoints`. */
export type EndpointMessage =
  | Message<EndpointSnapshotData>
  | Message<EndpointStateData>
  | Message<EndpointContactStateData>
  | Message<TextMessageReceivedData>
  | Message<MultiUserEventData>
  | Message<AriUnknownData>;
