import { messageType, type MessageType } from '@stasis-rx/core';

/** The event. */
export interface AriUnknownData {
  /** Its type, as Asterisk named it. */
  readonly type: string;
  /** The whole event, as Asterisk sent it. */
  readonly event: Readonly<Record<string, unknown>>;
}

/**
 * An event of a type that this package has no message type for: of a newer Asterisk, or of a module of your own. Published on
 * the topic of what it speaks of first (a channel, a bridge, an endpoint), else on `channels`. Named `ari_unknown`.
 */
export const AriUnknown: MessageType<AriUnknownData> = messageType<AriUnknownData>('ari_unknown');
