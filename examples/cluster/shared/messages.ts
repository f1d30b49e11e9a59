import { messageType, type MessageOf } from '@stasis-rx/core';

/** A channel that is alive on one server. Its snapshot is kept by channel id, and cleared when the channel ends. */
export const ChannelState = messageType<{ readonly id: string; readonly name: string; readonly state: string }>(
  'channel_state',
);

/** What one server has, and what it had so far. The last one of each server is kept; their sum is the aggregate. */
export const ServerTotals = messageType<{
  /** The process, to try `kill -9` on; none in the sum. */
  readonly pid?: number | undefined;
  /** What it replays. */
  readonly recordings: readonly string[];
  /** Channels that are alive. */
  readonly channels: number;
  /** Bridges that are alive. */
  readonly bridges: number;
  /** Channels since the process began. */
  readonly created: number;
  /** Recordings that were played to their end. */
  readonly played: number;
}>('server_totals');

export type ChannelState = MessageOf<typeof ChannelState>;
export type ServerTotals = MessageOf<typeof ServerTotals>;
