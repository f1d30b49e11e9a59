import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Bridge } from '../snapshots/bridge.js';
import type { Channel } from '../snapshots/channel.js';

/** Who was transferred where, without being asked. */
export interface BlindTransferData {
  /** The channel that transfers. */
  readonly channel: Channel;
  /** The channel that takes the place of the one that transfers, if any. */
  readonly replace_channel: Channel | null;
  /** The channel that is transferred; `null` where there are several. */
  readonly transferee: Channel | null;
  /** The extension that it is transferred to. */
  readonly exten: string;
  /** The context of that extension. */
  readonly context: string;
  /** `Success`, `Fail`, `Invalid` or `Not Permitted`. */
  readonly result: string;
  /** Whether it was asked for by the channel's technology, such as a SIP REFER. */
  readonly is_external: boolean;
  /** The bridge in which it happened, if any. */
  readonly bridge: Bridge | null;
}

/** A blind transfer was tried. In Asterisk `ast_blind_transfer_type`. */
export const BlindTransfer: MessageType<BlindTransferData> = messageType<BlindTransferData>('ast_blind_transfer_type');

/** Who was connected with whom by somebody who talked to both. What there is depends on `destination_type`. */
export interface AttendedTransferData {
  /** The transferring party's channel to the one that is transferred. */
  readonly transferer_first_leg: Channel;
  /** The transferring party's channel to the target. */
  readonly transferer_second_leg: Channel;
  /** The channel that takes the place of one of these, if any. */
  readonly replace_channel: Channel | null;
  /** The channel that is transferred; `null` where there are several. */
  readonly transferee: Channel | null;
  /** The channel to which it is transferred; `null` where there are several. */
  readonly transfer_target: Channel | null;
  /** `Success`, `Fail`, `Invalid` or `Not Permitted`. */
  readonly result: string;
  /** Whether it was asked for by the channel's technology, such as a SIP REFER. */
  readonly is_external: boolean;
  /** The bridge of the first leg, if any. */
  readonly transferer_first_leg_bridge: Bridge | null;
  /** The bridge of the second leg, if any. */
  readonly transferer_second_leg_bridge: Bridge | null;
  /** How it ended: `bridge`, `application`, `link`, `threeway` or `fail`. */
  readonly destination_type: string;
  /** Id of the bridge in which all are now; else empty. */
  readonly destination_bridge: string;
  /** The application in which the transferred channel is now; else empty. */
  readonly destination_application: string;
  /** One end of the link between two bridges. */
  readonly destination_link_first_leg: Channel | null;
  /** The other end of that link. */
  readonly destination_link_second_leg: Channel | null;
  /** The transferring channel that stays in a call of three. */
  readonly destination_threeway_channel: Channel | null;
  /** The bridge of that call. */
  readonly destination_threeway_bridge: Bridge | null;
}

/** An attended transfer was tried. In Asterisk `ast_attended_transfer_type`. */
export const AttendedTransfer: MessageType<AttendedTransferData> =
  messageType<AttendedTransferData>('ast_attended_transfer_type');

/** Everything that is published about transfers, on `bridges`. */
export type TransferMessage = Message<BlindTransferData> | Message<AttendedTransferData>;
