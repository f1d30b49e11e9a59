import { BridgeSnapshot, parseAriTime, type Bridge, type BridgeSnapshotData } from '@stasis-rx/asterisk';
import { messageType, type Cache, type Message, type MessageType } from '@stasis-rx/core';
import { durationText } from './duration-text.js';
import { liveRows, type LiveRows } from './live-rows.js';

/** One line of the table of bridges. */
export interface BridgeRow {
  readonly id: string;
  /** Its name; the beginning of its id where it has none. */
  readonly name: string;
  /** How many channels are in it. */
  readonly channels: number;
  /** How long it has been there, such as `0:05`; empty where Asterisk does not tell. */
  readonly duration: string;
}

/** The bridges that are alive. */
export type LiveBridges = LiveRows<BridgeRow>;

export const LiveBridges: MessageType<LiveBridges> = messageType<LiveBridges>('wallboard_live_bridges');

const MOST_ROWS = 20;

/** @param before what is shown at present */
export function liveBridges(cache: Cache, now: number, before: LiveBridges | undefined): LiveBridges {
  const toRow = ({ data }: Message<BridgeSnapshotData>) => bridgeRow(data.new, now);
  return liveRows(cache.dump(BridgeSnapshot), MOST_ROWS, toRow, before);
}

function bridgeRow({ id, name, channels, creationtime }: Bridge, now: number): BridgeRow {
  const createdAt = parseAriTime(creationtime);
  return {
    id,
    name: name || id.slice(0, 8),
    channels: channels.length,
    duration: Number.isNaN(createdAt) ? '' : durationText(now - createdAt),
  };
}
