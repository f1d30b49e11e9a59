import { BridgeSnapshot, ChannelSnapshot, type AsteriskTopics } from '@stasis-rx/asterisk';
import { CacheClear, CacheUpdate, subscribe, type MessageOf } from '@stasis-rx/core';
import { auditTime, Subject } from 'rxjs';
import type { Member } from './shared/join-cluster.js';
import { ChannelState, ServerTotals } from './shared/messages.js';

/** Totals change with each event; ten times a second is enough for those who watch. */
const TOTALS_EVERY_MS = 100;

/** What follows an Asterisk, and tells the cluster. */
export interface StatePublisher {
  /** A recording was played to its end. */
  played(): void;
}

/** Publishes what the caches of an Asterisk hold: the state of each channel, and how many there are. */
export function publishStates(asterisk: AsteriskTopics, member: Member, recordings: readonly string[]): StatePublisher {
  const { channelCache, bridgeCache, channelsCached, bridgesCached } = asterisk;
  const changes = new Subject<void>();
  let created = 0;
  let played = 0;

  subscribe(
    channelsCached,
    ({ data: { oldSnapshot, newSnapshot } }) => {
      const before = ChannelSnapshot.is(oldSnapshot) ? stateOf(oldSnapshot) : undefined;
      const now = ChannelSnapshot.is(newSnapshot) ? stateOf(newSnapshot) : undefined;
      if (before === undefined && now !== undefined) created++;
      if (now === undefined) {
        if (before !== undefined) member.channels.publish(CacheClear(ChannelState(before)));
      } else if (now.state !== before?.state || now.name !== before.name) {
        member.channels.publish(ChannelState(now));
      }
      changes.next();
    },
    { accept: [CacheUpdate] },
  );
  subscribe(bridgesCached, () => changes.next(), { accept: [CacheUpdate] });

  const tell = (): void => {
    const channels = channelCache.dump(ChannelSnapshot).length;
    const bridges = bridgeCache.dump(BridgeSnapshot).length;
    member.totals.publish(ServerTotals({ pid: process.pid, recordings, channels, bridges, created, played }));
  };
  changes.pipe(auditTime(TOTALS_EVERY_MS)).subscribe(tell);
  tell();
  return {
    played() {
      played++;
      changes.next();
    },
  };
}

/** Of all that Asterisk tells of a channel, what the others are told. */
function stateOf({ data }: MessageOf<typeof ChannelSnapshot>): ChannelState['data'] {
  const { id, name, state } = data.new;
  return { id, name, state };
}
