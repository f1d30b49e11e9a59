import { createBus, createCache, createCachingTopic } from '@stasis-rx/core';
import type { Bus, Cache, CacheUpdateData, Message, StasisError, Topic } from '@stasis-rx/core';
import { bridge, type Bridge } from '@stasis-rx/nats';
import type { NatsConnection } from '@nats-io/nats-core';
import { ChannelState, ServerTotals } from './messages.js';
import { sumOfTotals } from './sum-of-totals.js';

/** A bus that takes part in the cluster: a server's, or a page's. */
export interface Member {
  readonly bus: Bus;
  readonly link: Bridge;
  /** Where a server publishes the states of its channels. */
  readonly channels: Topic<ChannelState>;
  /** The channels of all servers, by channel id and server. */
  readonly channelCache: Cache;
  /** Where a server publishes its totals. */
  readonly totals: Topic<ServerTotals>;
  /** The totals of each server under `TOTALS`, and as the aggregate their sum. */
  readonly totalsCache: Cache;
  /** Each change of `totalsCache`. */
  readonly totalsCached: Topic<Message<CacheUpdateData>>;
}

/** The id of the one entry that each server has in `totalsCache`. */
export const TOTALS = 'totals';

/**
 * Makes a bus and joins the cluster with it.
 *
 * @param eid by which the others know it
 * @param connection of NATS, over TCP or WebSocket; it stays the caller's
 */
export function joinCluster(eid: string, connection: NatsConnection, onError: (error: StasisError) => void): Member {
  const bus = createBus({ eid, onError });
  const channels = bus.topic<ChannelState>('channels');
  const totals = bus.topic<ServerTotals>('totals');
  const channelCache = createCache({ id: (message) => (ChannelState.is(message) ? message.data.id : undefined) });
  const totalsCache = createCache({
    id: (message) => (ServerTotals.is(message) ? TOTALS : undefined),
    aggregate: { compute: sumOfTotals },
  });
  createCachingTopic(channels, channelCache);
  const { topic: totalsCached } = createCachingTopic(totals, totalsCache);
  const link = bridge(bus, connection, {
    topics: [channels, totals],
    types: [ChannelState, ServerTotals],
    caches: [
      { topic: channels, cache: channelCache },
      { topic: totals, cache: totalsCache },
    ],
    stream: { name: 'CLUSTER', maxAgeMs: 600_000 },
    heartbeatMs: 500,
    peerTimeoutMs: 2000,
  });
  return { bus, link, channels, channelCache, totals, totalsCache, totalsCached };
}
