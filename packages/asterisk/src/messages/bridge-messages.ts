import { messageType, type Message, type MessageType } from '@stasis-rx/core';
import type { Bridge } from '../snapshots/bridge.js';
import type { Channel } from '../snapshots/channel.js';
import type { AriUnknownData } from './ari-unknown.js';
import type { MediaMessage } from './media-messages.js';
import type { TransferMessage } from './transfer-messages.js';
import type { MultiUserEventData } from './user-event-messages.js';

/** What became of a bridge. */
export interface BridgeSnapshotData {
  /** The snapshot published before; `null` for the first one. */
  readonly old: Bridge | null;
  /** The bridge now; `dead` in its last snapshot. */
  readonly new: Bridge & {
    /** Whether the bridge is gone. */
    readonly dead: boolean;
  };
  /** Present where no event told of it: see `ChannelSnapshotData.reconciled`. */
  readonly reconciled?: true;
}

/** A bridge has changed: the first snapshot has no `old`, the last one is `dead`. In Asterisk `ast_bridge_snapshot_type`. */
export const BridgeSnapshot: MessageType<BridgeSnapshotData> =
  messageType<BridgeSnapshotData>('ast_bridge_snapshot_type');

/** Which channel, and which bridge. */
export interface ChannelInBridgeData {
  /** The bridge, as the event shows it. */
  readonly bridge: Bridge;
  /** The channel that came or went. */
  readonly channel: Channel;
}

/** A channel entered a bridge; the bridge's snapshot follows. In Asterisk `ast_channel_entered_bridge_type`. */
export const ChannelEnteredBridge: MessageType<ChannelInBridgeData> = messageType<ChannelInBridgeData>(
  'ast_channel_entered_bridge_type',
);

/** A channel left a bridge; the bridge's snapshot went before. In Asterisk `ast_channel_left_bridge_type`. */
export const ChannelLeftBridge: MessageType<ChannelInBridgeData> =
  messageType<ChannelInBridgeData>('ast_channel_left_bridge_type');

/** Which bridge became part of which. */
export interface BridgeMergeData {
  /** The bridge that remains. */
  readonly bridge: Bridge;
  /** The bridge whose channels moved. */
  readonly bridge_from: Bridge;
}

/** One bridge was merged into another. In Asterisk `ast_bridge_merge_message_type`. */
export const BridgeMerge: MessageType<BridgeMergeData> = messageType<BridgeMergeData>('ast_bridge_merge_message_type');

/** Everything that is published on `bridges`. */
export type BridgeMessage =
  | Message<BridgeSnapshotData>
  | Message<ChannelInBridgeData>
  | Message<BridgeMergeData>
  | TransferMessage
  | MediaMessage
  | Message<MultiUserEventData>
  | Message<AriUnknownData>;
