import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Channel } from './channel.js';
import type { MultiUserEventData } from './user-event-messages.js';
import type { StasisEndData, StasisStartData } from './stasis-messages.js';

/** What became of a channel. */
export interface ChannelSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: Channel | null;
  /** The channel now; `dead` in its last snapshot. */
  readonly new: Channel & {
    /** Whether the channel is gone. */
    readonly dead: boolean;
  };
}

/** A channel has changed: the first snapshot has no `old`, the last one is `dead`. In Asterisk `ast_channel_snapshot_type`. */
export const ChannelSnapshot: MessageType<ChannelSnapshotData> =
  messageType<ChannelSnapshotData>('ast_channel_snapshot_type');

/** Which variable, and what it now is. */
export interface ChannelVarsetData {
  /** `null` for a global variable. */
  readonly channel: Channel | null;
  /** The variable's name. */
  readonly variable: string;
  /** What was set. */
  readonly value: string;
}

/** A variable was set, on a channel or globally. In Asterisk `ast_channel_varset_type`. */
export const ChannelVarset: MessageType<ChannelVarsetData> = messageType<ChannelVarsetData>('ast_channel_varset_type');

/** Who dials whom, and how far it has come. */
export interface ChannelDialData {
  /** Who dials; `null` for an originated call. */
  readonly caller: Channel | null;
  /** Who is dialled. */
  readonly peer: Channel;
  /** Whom the call was forwarded to. */
  readonly forwarded: Channel | null;
  /** Where the peer asks the call to be forwarded to; else empty. */
  readonly forward: string;
  /** What was dialled, as the dialplan wrote it. */
  readonly dialstring: string;
  /** Empty while dialling begins, then `RINGING`, `ANSWER`, `BUSY`, `NOANSWER`, … */
  readonly dialstatus: string;
}

/** Dialling began, went on or ended. In Asterisk `ast_channel_dial_type`. */
export const ChannelDial: MessageType<ChannelDialData> = messageType<ChannelDialData>('ast_channel_dial_type');

/** Which channel is to go, and why. */
export interface ChannelHangupRequestData {
  /** The channel as it still is. */
  readonly channel: Channel;
  /** Hangup cause as a Q.850 number; `null` when Asterisk tells none. */
  readonly cause: number | null;
  /** Whether it was a soft request: the channel hangs up in its own time. */
  readonly soft: boolean;
}

/** Somebody asked for a channel to be hung up. In Asterisk `ast_channel_hangup_request_type`. */
export const ChannelHangupRequest: MessageType<ChannelHangupRequestData> = messageType<ChannelHangupRequestData>(
  'ast_channel_hangup_request_type',
);

/** Who put the other side on hold. */
export interface ChannelHoldData {
  /** The channel that did. */
  readonly channel: Channel;
  /** The music on hold class asked for; else empty. */
  readonly musicclass: string;
}

/** A channel put the other side on hold. In Asterisk `ast_channel_hold_type`. */
export const ChannelHold: MessageType<ChannelHoldData> = messageType<ChannelHoldData>('ast_channel_hold_type');

/** A message that says nothing but which channel. */
export interface ChannelData {
  /** The channel as it is then. */
  readonly channel: Channel;
}

/** A channel took the other side off hold. In Asterisk `ast_channel_unhold_type`. */
export const ChannelUnhold: MessageType<ChannelData> = messageType<ChannelData>('ast_channel_unhold_type');

/** Which key, and for how long. */
export interface ChannelDtmfEndData {
  /** The channel on which it was pressed. */
  readonly channel: Channel;
  /** `0`–`9`, `A`–`D`, `#` or `*`. */
  readonly digit: string;
  /** How long it was pressed, in milliseconds. */
  readonly duration_ms: number;
}

/** A key was pressed and let go. In Asterisk `ast_channel_dtmf_end_type`; ARI does not tell when it was pressed. */
export const ChannelDtmfEnd: MessageType<ChannelDtmfEndData> =
  messageType<ChannelDtmfEndData>('ast_channel_dtmf_end_type');

/** Talking was detected on a channel. In Asterisk `ast_channel_talking_start`. */
export const ChannelTalkingStart: MessageType<ChannelData> = messageType<ChannelData>('ast_channel_talking_start');

/** Who stopped talking. */
export interface ChannelTalkingStopData {
  /** The channel on which there is silence. */
  readonly channel: Channel;
  /** How long the talking lasted, in milliseconds. */
  readonly duration: number;
}

/** Talking is no longer detected on a channel. In Asterisk `ast_channel_talking_stop`. */
export const ChannelTalkingStop: MessageType<ChannelTalkingStopData> =
  messageType<ChannelTalkingStopData>('ast_channel_talking_stop');

/** Everything that is published on `channels` and on the channels' own topics. */
export type ChannelMessage =
  | Message<ChannelSnapshotData>
  | Message<ChannelVarsetData>
  | Message<ChannelDialData>
  | Message<ChannelHangupRequestData>
  | Message<ChannelHoldData>
  | Message<ChannelData>
  | Message<ChannelDtmfEndData>
  | Message<ChannelTalkingStopData>
  | Message<MultiUserEventData>
  | Message<StasisStartData>
  | Message<StasisEndData>;
