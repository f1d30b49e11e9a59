import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Bridge } from '../snapshots/bridge.js';
import type { Channel } from '../snapshots/channel.js';
import type { MultiUserEventData } from './user-event-messages.js';
import type { AriGapData } from './ari-gap.js';
import type { AriUnknownData } from './ari-unknown.js';
import type { MediaMessage } from './media-messages.js';
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
  /**
   * Present where no event told of the change: it was found by listing what Asterisk has, after an outage for example (A3).
   * Nobody knows when it happened: the message's time is that of the listing.
   */
  readonly reconciled?: true;
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

/** A tone that was listened for was heard on a channel. In Asterisk `ast_channel_tone_detect`. */
export const ChannelToneDetect: MessageType<ChannelData> = messageType<ChannelData>('ast_channel_tone_detect');

/** Who asks for a transfer, and where to: Asterisk leaves it to the application. */
export interface ChannelTransferRequestData {
  /** How far it has come; empty while it is asked for. */
  readonly state: string;
  /** Where to. */
  readonly refer_to: {
    /** What was asked for: `protocol_id`, `destination`, `additional_protocol_params`; those that are known. */
    readonly requested_destination: Readonly<Record<string, unknown>>;
    /** The channel to connect with, where that is one of this Asterisk's. */
    readonly destination_channel: Channel | null;
    /** The channel with which that one is connected. */
    readonly connected_channel: Channel | null;
    /** The bridge in which that one is. */
    readonly bridge: Bridge | null;
  };
  /** Who asks. */
  readonly referred_by: {
    /** The channel that asks. */
    readonly source_channel: Channel;
    /** The channel with which it is connected. */
    readonly connected_channel: Channel | null;
    /** The bridge in which it is. */
    readonly bridge: Bridge | null;
  };
}

/** A channel asks to be transferred, and the application is to do it. In Asterisk `ast_channel_transfer_request_type`. */
export const ChannelTransferRequest: MessageType<ChannelTransferRequestData> = messageType<ChannelTransferRequestData>(
  'ast_channel_transfer_request_type',
);

/** Which channel could not be handed to which application. */
export interface ApplicationMoveFailedData {
  /** The channel. */
  readonly channel: Channel;
  /** Name of the application that it was to go to. */
  readonly destination: string;
  /** What was to be handed to that application. */
  readonly args: readonly string[];
}

/** A channel could not be moved to another application. Asterisk has no type for it: `ari_application_move_failed`. */
export const ApplicationMoveFailed: MessageType<ApplicationMoveFailedData> =
  messageType<ApplicationMoveFailedData>('ari_application_move_failed');

/** Which call is offered. */
export interface CallBroadcastData {
  /** The channel of the call. */
  readonly channel: Channel;
  /** Number of who calls; else empty. */
  readonly caller: string;
  /** The number that was called; else empty. */
  readonly called: string;
}

/** A call is offered to every application: the first to claim it has it. Asterisk has no type for it: `ari_call_broadcast`. */
export const CallBroadcast: MessageType<CallBroadcastData> = messageType<CallBroadcastData>('ari_call_broadcast');

/** Which call, and who has it. */
export interface CallClaimedData {
  /** The channel of the call. */
  readonly channel: Channel;
  /** Name of the application that has it. */
  readonly winner_app: string;
}

/** A call that was offered has been claimed. Named `ari_call_claimed`. */
export const CallClaimed: MessageType<CallClaimedData> = messageType<CallClaimedData>('ari_call_claimed');

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
  | Message<ChannelTransferRequestData>
  | Message<ApplicationMoveFailedData>
  | Message<CallBroadcastData>
  | Message<CallClaimedData>
  | MediaMessage
  | Message<MultiUserEventData>
  | Message<StasisStartData>
  | Message<StasisEndData>
  | Message<AriUnknownData>
  | Message<AriGapData>;
