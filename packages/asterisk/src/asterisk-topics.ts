import {
  createTopicPool,
  InvalidArgumentError,
  type Bus,
  type Cache,
  type CacheUpdateData,
  type Message,
  type Topic,
  type TopicPool,
} from '@stasis-rx/core';
import { BridgeSnapshot, type BridgeMessage, type BridgeSnapshotData } from './bridge-messages.js';
import { ChannelSnapshot, type ChannelMessage, type ChannelSnapshotData } from './channel-messages.js';
import type { DeviceMessage } from './device-messages.js';
import { endpointId } from './endpoint.js';
import { EndpointSnapshot, type EndpointMessage, type EndpointSnapshotData } from './endpoint-messages.js';
import { cacheSnapshots, type SnapshotCache } from './snapshot-cache.js';

/** The topics on which an Asterisk speaks. Fed by `publishAriEvent`, and through it by `replay` and `connectAri`. */
export interface AsteriskTopics {
  /** `channel:all`: everything about channels. Each channel's own topic is forwarded to it. */
  readonly channels: Topic<ChannelMessage>;
  /** `bridge:all`: bridges, and who enters and leaves them. */
  readonly bridges: Topic<BridgeMessage>;
  /** `endpoint:all`: endpoints, their peers and contacts. */
  readonly endpoints: Topic<EndpointMessage>;
  /** `devicestate:all`: the states of devices. */
  readonly devices: Topic<DeviceMessage>;
  /**
   * The last `ChannelSnapshot` of each channel that is alive, by channel id. It is written while the snapshot is
   * published (C3); the entry goes right after the dead one.
   * @example
   * asterisk.channelCache.get(ChannelSnapshot, '1795372726.8')?.data.new.state;
   */
  readonly channelCache: Cache;
  /** The last `BridgeSnapshot` of each bridge that is alive, by bridge id; kept like `channelCache`. */
  readonly bridgeCache: Cache;
  /** The last `EndpointSnapshot` of each endpoint, by `technology/resource`. ARI does not tell of their end: entries stay. */
  readonly endpointCache: Cache;
  /** Each change of `channelCache` as a `CacheUpdate` (C2); a channel's last two bring the dead snapshot, then none (C4). */
  readonly channelsCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `bridgeCache`; like `channelsCached`. */
  readonly bridgesCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `endpointCache`. */
  readonly endpointsCached: Topic<Message<CacheUpdateData>>;
  /**
   * One channel's topic, `channel:all/<id>`: gets or makes it. It completes when the channel does, after its last
   * snapshot; asked for after that, it is a new topic on which nothing will come.
   * @throws InvalidArgumentError when the id is empty or not a string
   */
  channel(id: string): Topic<ChannelMessage>;
}

/**
 * Makes the topics of one Asterisk on a bus. Messages carry the local entity id: give the bus the Asterisk's id as `eid`
 * to see it in their JSON, and a bus of its own to each of several Asterisks.
 *
 * @throws InvalidArgumentError when it is not a bus
 * @throws StasisError `BUS_CLOSED` when the bus is closed
 * @example
 * const asterisk = createAsteriskTopics(createBus());
 * subscribe(asterisk.channels, (message) => console.log(message.data.new.name), { accept: [ChannelSnapshot] });
 */
export function createAsteriskTopics(bus: Bus): AsteriskTopics {
  if (typeof (bus as Partial<Bus> | undefined)?.topic !== 'function') {
    throw new InvalidArgumentError('[asterisk] createAsteriskTopics()', 'a bus, as createBus() makes it', bus);
  }
  return new LiveAsteriskTopics(bus);
}

/** The class behind {@link AsteriskTopics}, for the parts of this package that publish. */
export class LiveAsteriskTopics implements AsteriskTopics {
  readonly channels: Topic<ChannelMessage>;
  readonly bridges: Topic<BridgeMessage>;
  readonly endpoints: Topic<EndpointMessage>;
  readonly devices: Topic<DeviceMessage>;
  readonly channelSnapshots: SnapshotCache<ChannelSnapshotData>;
  readonly bridgeSnapshots: SnapshotCache<BridgeSnapshotData>;
  readonly endpointSnapshots: SnapshotCache<EndpointSnapshotData>;
  readonly #pool: TopicPool<ChannelMessage>;

  constructor(bus: Bus) {
    this.channels = bus.topic('channel:all');
    this.bridges = bus.topic('bridge:all');
    this.endpoints = bus.topic('endpoint:all');
    this.devices = bus.topic('devicestate:all');
    this.#pool = createTopicPool(this.channels);

    const feed = (name: string) => bus.topic(name, { detail: 'what a cache watches' });
    this.channelSnapshots = cacheSnapshots(this.channels, feed('channel:snapshots'), ChannelSnapshot, ({ id }) => id);
    this.bridgeSnapshots = cacheSnapshots(this.bridges, feed('bridge:snapshots'), BridgeSnapshot, ({ id }) => id);
    this.endpointSnapshots = cacheSnapshots(this.endpoints, feed('endpoint:snapshots'), EndpointSnapshot, endpointId);
  }

  get channelCache(): Cache {
    return this.channelSnapshots.cache;
  }

  get bridgeCache(): Cache {
    return this.bridgeSnapshots.cache;
  }

  get endpointCache(): Cache {
    return this.endpointSnapshots.cache;
  }

  get channelsCached(): Topic<Message<CacheUpdateData>> {
    return this.channelSnapshots.updates;
  }

  get bridgesCached(): Topic<Message<CacheUpdateData>> {
    return this.bridgeSnapshots.updates;
  }

  get endpointsCached(): Topic<Message<CacheUpdateData>> {
    return this.endpointSnapshots.updates;
  }

  channel(id: string): Topic<ChannelMessage> {
    return this.#pool.topic(id);
  }

  /**
   * Where to publish what is no snapshot. Only snapshots make a channel's topic: a late message about a channel that has
   * ended would make one that nothing ever ends.
   */
  channelIfAlive(id: string): Topic<ChannelMessage> {
    return this.#pool.has(id) ? this.#pool.topic(id) : this.channels;
  }

  /** Ends a channel's topic: its subscriptions get what is queued and their final messages. */
  endChannel(id: string): void {
    this.#pool.delete(id);
  }
}

/** @throws InvalidArgumentError when the topics are not those of `createAsteriskTopics` */
export function assertAsteriskTopics(call: string, asterisk: AsteriskTopics): asserts asterisk is LiveAsteriskTopics {
  if (asterisk instanceof LiveAsteriskTopics) return;
  throw new InvalidArgumentError(call, 'asterisk to be what createAsteriskTopics() returns', asterisk);
}
