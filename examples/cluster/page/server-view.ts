import type { Member } from '../shared/join-cluster.js';
import { TOTALS } from '../shared/join-cluster.js';
import { ChannelState, ServerTotals } from '../shared/messages.js';
import type { Sighting, Sightings } from './sightings.js';

/** One server as the page knows it. */
export interface ServerView {
  readonly name: string;
  /** Nothing is in the caches of one that is gone. */
  readonly totals: ServerTotals['data'] | undefined;
  readonly channels: readonly ChannelState['data'][];
  readonly sighting: Sighting;
}

/** What the page's own caches hold of each server: those that are gone have left them. */
export function serverViews(
  { totalsCache, channelCache }: Member,
  sightings: Sightings,
  names: Iterable<string>,
): ServerView[] {
  const channels = Map.groupBy(channelCache.dumpAll(ChannelState), ({ eid }) => eid ?? '');
  return [...names].sort().map((name) => ({
    name,
    totals: totalsCache.get(ServerTotals, TOTALS, name)?.data,
    channels: (channels.get(name) ?? []).map(({ data }) => data),
    sighting: sightings.of(name),
  }));
}
