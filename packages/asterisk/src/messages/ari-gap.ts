import { messageType, type MessageType } from '@stasis-rx/core';

/** How long nothing was heard of Asterisk, and what was found afterwards. */
export interface AriGapData {
  /** From when on events may be missing, in milliseconds since the Unix epoch. */
  readonly since: number;
  /** When what is there was listed, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** How many channels had ended meanwhile. Each is told next, by its last snapshot; nobody knows when it ended. */
  readonly ended: number;
  /** How many channels were new. Each is told next. What began and ended meanwhile, nobody can tell. */
  readonly begun: number;
  /** How many channels had changed otherwise. Each is told next. */
  readonly changed: number;
  /** Present when the channels could not be listed: then the three numbers are 0, and the channels that are held may be wrong. */
  readonly refused?: true;
}

/**
 * Events are missing: there was no connection, or they came faster than they were handled. Published on `channels`, before
 * the snapshots that make up for it (A3). Asterisk has no such message: named `ari_gap`.
 */
export const AriGap: MessageType<AriGapData> = messageType<AriGapData>('ari_gap');
