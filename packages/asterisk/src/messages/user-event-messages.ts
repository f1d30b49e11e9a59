import { messageType, type MessageType } from '@stasis-rx/core';
import type { Bridge } from '../snapshots/bridge.js';
import type { Channel } from '../snapshots/channel.js';
import type { Endpoint } from '../snapshots/endpoint.js';

/** The event, and what it speaks of. */
export interface MultiUserEventData {
  /** The name that was given to it. */
  readonly eventname: string;
  /** The fields of the event, the name among them. */
  readonly userevent: Readonly<Record<string, unknown>>;
  /** The channel that it speaks of, if any. */
  readonly channel: Channel | null;
  /** The bridge that it speaks of, if any. */
  readonly bridge: Bridge | null;
  /** The endpoint that it speaks of, if any. */
  readonly endpoint: Endpoint | null;
}

/**
 * A user event, raised by the dialplan or through ARI, about a channel, a bridge, an endpoint or several of them.
 * Published once: on the topic of the first of these that it speaks of. In Asterisk `ast_multi_user_event_type`.
 */
export const MultiUserEvent: MessageType<MultiUserEventData> =
  messageType<MultiUserEventData>('ast_multi_user_event_type');
