import { ChannelDial, ChannelSnapshot, type AsteriskTopics, type ChannelDialData } from '@stasis-rx/asterisk';
import {
  createCache,
  createCachingTopic,
  type Bus,
  type Cache,
  type CacheUpdateData,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { CallSnapshot, type Call } from './call.js';

/** The calls, made of what channels tell. */
export interface CallDesk {
  /** The calls that are not over, by id. */
  readonly cache: Cache;
  /** Each change of the cache. A call's last two bring the snapshot with `endedAt`, then none. */
  readonly cached: Topic<Message<CacheUpdateData>>;
}

/** How far dialling has come while the call still waits, or has just been answered. */
const UNDER_WAY: ReadonlySet<string> = new Set(['', 'RINGING', 'PROGRESS', 'PROCEEDING', 'ANSWER']);

/** Makes calls of dials, and ends each with its channel. It ends with the bus. */
export function createCallDesk(bus: Bus, asterisk: AsteriskTopics): CallDesk {
  const calls = bus.topic<Message<Call>>('call:all');
  const cache = createCache({ id: (message) => (CallSnapshot.is(message) ? message.data.id : undefined) });
  const cached = createCachingTopic(calls, cache);
  const callOf = (id: string): Call | undefined => cache.get(CallSnapshot, id)?.data;

  createMessageRouter(asterisk.channels, { name: 'call desk' })
    .add(ChannelDial, ({ data, timestamp }) => {
      const call = callOf(callId(data));
      const next = afterDial(call, data, timestamp);
      if (next !== undefined && next !== call) calls.publish(CallSnapshot(next, { timestamp }));
    })
    .add(ChannelSnapshot, ({ data, timestamp }) => {
      const call = data.new.dead ? callOf(data.new.id) : undefined;
      if (call === undefined) return;
      const last = CallSnapshot({ ...call, endedAt: timestamp }, { timestamp });
      calls.publish(last);
      cached.clear(last);
    });
  return { cache, cached: cached.topic };
}

function callId({ caller, peer }: ChannelDialData): string {
  return (caller ?? peer).id;
}

/** @returns the same call when the dial tells nothing new of it; nothing for the late end of one that is not known */
function afterDial(call: Call | undefined, dial: ChannelDialData, timestamp: number): Call | undefined {
  if (call === undefined && !UNDER_WAY.has(dial.dialstatus)) return undefined;
  const known = call ?? { id: callId(dial), beganAt: timestamp, answeredAt: null, endedAt: null };
  const isAnswered = dial.dialstatus === 'ANSWER' && known.answeredAt === null;
  return isAnswered ? { ...known, answeredAt: timestamp } : known;
}
