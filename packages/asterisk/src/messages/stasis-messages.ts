import { messageType, type MessageType } from '@stasis-rx/core';
import type { Channel } from '../snapshots/channel.js';

/** Which channel came to which application. */
export interface StasisStartData {
  /** The channel that entered. */
  readonly channel: Channel;
  /** Name of the Stasis application. */
  readonly application: string;
  /** What the dialplan handed to the application. */
  readonly args: readonly string[];
  /** The channel whose place this one takes. */
  readonly replace_channel: Channel | null;
}

/**
 * A channel entered a Stasis application.
 *
 * Asterisk's own name for the type, `start_message_type`, is private to one of its modules and says little beside the
 * others: ours is `ast_stasis_start_type`.
 */
export const StasisStart: MessageType<StasisStartData> = messageType<StasisStartData>('ast_stasis_start_type');

/** Which channel left which application. */
export interface StasisEndData {
  /** The channel that left. */
  readonly channel: Channel;
  /** Name of the Stasis application. */
  readonly application: string;
}

/** A channel left a Stasis application. Named `ast_stasis_end_type`, for the same reason. */
export const StasisEnd: MessageType<StasisEndData> = messageType<StasisEndData>('ast_stasis_end_type');
