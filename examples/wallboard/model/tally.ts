import { BridgeSnapshot, ChannelSnapshot, type AsteriskTopics } from '@stasis-rx/asterisk';
import type { Message } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import type { CallDesk } from './call-desk.js';
import { CallSnapshot, isWaiting, type Call } from './call.js';

/** What has been counted since the beginning. */
export interface Counts {
  /** Channels that came into being. */
  readonly channels: number;
  /** Bridges that came into being. */
  readonly bridges: number;
  /** Calls that began. */
  readonly calls: number;
  /** Calls that were answered. */
  readonly answered: number;
  /** Calls that were over before anybody answered. */
  readonly lost: number;
  /** The longest of all waits that are over, in milliseconds. */
  readonly longestWaitMs: number;
}

/** Counts what comes and goes. */
export interface Tally {
  readonly counts: Counts;
  /** Counts from nothing again. */
  reset(): void;
}

const NOTHING: Counts = { channels: 0, bridges: 0, calls: 0, answered: 0, lost: 0, longestWaitMs: 0 };

/**
 * Counts the changes of the caches: an entry that had none before is one that came into being.
 * @param onCall told when each call began
 */
export function createTally(asterisk: AsteriskTopics, desk: CallDesk, onCall: (beganAt: number) => void): Tally {
  let counts = NOTHING;
  const count = (name: keyof Counts) => (counts = { ...counts, [name]: counts[name] + 1 });
  const noteWait = (ms: number) => (counts = { ...counts, longestWaitMs: Math.max(counts.longestWaitMs, ms) });

  createMessageRouter(asterisk.channelsCached, { name: 'channel tally' }).addCacheUpdate(ChannelSnapshot, (update) => {
    if (update.data.oldSnapshot === null) count('channels');
  });
  createMessageRouter(asterisk.bridgesCached, { name: 'bridge tally' }).addCacheUpdate(BridgeSnapshot, (update) => {
    if (update.data.oldSnapshot === null) count('bridges');
  });
  createMessageRouter(desk.cached, { name: 'call tally' }).addCacheUpdate(CallSnapshot, ({ data }) => {
    const { oldSnapshot: was, newSnapshot: is } = data;
    if (is === null) return;
    if (was === null) {
      count('calls');
      onCall(is.data.beganAt);
    }
    if (!endsWait(was, is)) return;
    const { beganAt, answeredAt, endedAt } = is.data;
    count(answeredAt === null ? 'lost' : 'answered');
    noteWait((answeredAt ?? endedAt ?? beganAt) - beganAt);
  });

  return {
    get counts() {
      return counts;
    },
    reset: () => (counts = NOTHING),
  };
}

function endsWait(was: Message<Call> | null, is: Message<Call>): boolean {
  return (was === null || isWaiting(was.data)) && !isWaiting(is.data);
}
