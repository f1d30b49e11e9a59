/** Who listens in on the calls. With each department something is wrong: the inspector shows what. */
import { ChannelSnapshot, type AsteriskTopics } from '@stasis-rx/asterisk';
import { CacheUpdate, messageType, subscribe, type Bus, type Message } from '@stasis-rx/core';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallDesk } from '../wallboard/model/call-desk.js';
import { CallSnapshot, type Call } from '../wallboard/model/call.js';

/** A customer's bill for one call. */
const CallBilled = messageType<{ call: string; seconds: number; cents: number }>('call_billed');
/** A text message to a customer. */
const TextSent = messageType<{ call: string; text: string }>('text_sent');

/** How long the archive takes to write a change of a channel, in milliseconds: about 60 a second, where 80 come. */
const ARCHIVE_MS = 16;
/** How long it takes to look somebody up, in milliseconds. */
const LOOKUP_MS = 40;

/** They end with the bus. */
export function openDepartments(bus: Bus, asterisk: AsteriskTopics, desk: CallDesk): void {
  const calls = bus.topic<Message<Call>>('call:all');
  const back = bus.topic('back office');

  // Congested: each write takes longer than the next message is away. What finds no room is dropped.
  subscribe(asterisk.channelsCached, () => wait(ARCHIVE_MS), {
    name: 'archive',
    capacity: 150,
    overflow: 'drop-oldest',
    highWater: 75,
    lowWater: 20,
  });

  // Slow: nobody else waits for it, and whoever is looked up waits for those before.
  subscribe(asterisk.channels, ({ data }) => (data.old === null ? wait(LOOKUP_MS) : undefined), {
    name: 'caller lookup',
    accept: [ChannelSnapshot],
  });

  // Failing: a call that nobody answered has ended, too.
  subscribe(
    calls,
    ({ data }) => {
      if (data.endedAt === null) return;
      const seconds = secondsBetween(data.answeredAt, data.endedAt);
      back.publish(CallBilled({ call: data.id, seconds, cents: seconds * 3 }));
    },
    { name: 'billing', accept: [CallSnapshot] },
  );

  // Twice: the cache first has the call's end, and then no call. Both look like its end.
  subscribe(
    desk.cached,
    ({ data: { newSnapshot, oldSnapshot } }) => {
      const [is, was] = [newSnapshot?.data as Call | undefined, oldSnapshot?.data as Call | undefined];
      const isOver = is?.endedAt !== null; // also when there is none any more
      if (!isOver || typeof was?.answeredAt !== 'number') return;
      back.publish(TextSent({ call: was.id, text: 'Thank you for calling.' }));
    },
    { name: 'courtesy', accept: [CacheUpdate] },
  );
  subscribe(back, () => undefined, { name: 'text gateway', accept: [TextSent] });
  subscribe(back, () => undefined, { name: 'bookkeeping', accept: [CallBilled] });
}

function secondsBetween(answeredAt: number | null, endedAt: number): number {
  if (answeredAt === null) throw new TypeError('no price for a call that was never answered');
  return Math.ceil((endedAt - answeredAt) / 1000);
}
