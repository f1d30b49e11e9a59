import type { AsteriskTopics } from '@stasis-rx/asterisk';
import { messageType, type MessageType } from '@stasis-rx/core';
import type { CallDesk } from './call-desk.js';
import { CallSnapshot, isWaiting } from './call.js';
import { durationText } from './duration-text.js';
import type { Counts } from './tally.js';

/** The figures that one reads from the other end of the room. */
export interface CallFigures {
  /** Calls that began. */
  readonly calls: number;
  readonly answered: number;
  /** Calls that were over before anybody answered. */
  readonly lost: number;
  /** Calls that nobody has answered yet. */
  readonly waiting: number;
  /** How long the one that waits longest has waited, such as `0:05`; `–` when none does. */
  readonly longestWait: string;
  /** The longest wait since the beginning, of those that are over and of those that are not. */
  readonly longestWaitEver: string;
  readonly channels: number;
  readonly channelsAlive: number;
  readonly bridges: number;
  readonly bridgesAlive: number;
}

export const CallFigures: MessageType<CallFigures> = messageType<CallFigures>('wallboard_call_figures');

export function callFigures(counts: Counts, asterisk: AsteriskTopics, desk: CallDesk, now: number): CallFigures {
  const { calls, answered, lost, channels, bridges, longestWaitMs } = counts;
  const waits = desk.cache
    .dump(CallSnapshot)
    .filter(({ data }) => isWaiting(data))
    .map(({ data }) => now - data.beganAt);
  const longestNowMs = waits.reduce((longest, ms) => Math.max(longest, ms), 0);
  return {
    calls,
    answered,
    lost,
    waiting: waits.length,
    longestWait: waits.length === 0 ? '–' : durationText(longestNowMs),
    longestWaitEver: durationText(Math.max(longestWaitMs, longestNowMs)),
    channels,
    channelsAlive: asterisk.channelCache.size,
    bridges,
    bridgesAlive: asterisk.bridgeCache.size,
  };
}
