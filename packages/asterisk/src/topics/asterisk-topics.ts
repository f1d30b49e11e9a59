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
import type { ApplicationMessage } from '../messages/application-messages.js';
import type { BridgeMessage } from '../messages/bridge-messages.js';
import type { ChannelMessage } from '../messages/channel-messages.js';
import type { DeviceMessage } from '../messages/device-messages.js';
import type { EndpointMessage } from '../messages/endpoint-messages.js';
import { createPopulations, type PopulatedTopics, type Populations } from './populations.js';

/** The topics on which an Asterisk speaks. Fed by `publishAriEvent`, and through it by `replay` and `connectAri`. */
export interface AsteriskTopics {
  /** `channel:all`: everything about channels. Each channel's own topic is forwarded to it. */
  readonly channels: Topic<ChannelMessage>;
  /** `bridge:all`: bridges, who enters and leaves them, transfers, and what is played to and recorded of them. */
  readonly bridges: Topic<BridgeMessage>;
  /** `endpoint:all`: endpoints, their peers and contacts, and text messages. */
  readonly endpoints: Topic<EndpointMessage>;
  /** `devicestate:all`: the states of devices. */
  readonly devices: Topic<DeviceMessage>;
  /** `application:all`: which Stasis applications there are, and what ARI says of itself. */
  readonly applications: Topic<ApplicationMessage>;
  /**
   * The last `ChannelSnapshot` of each channel that is alive, by channel id. It is written while the snapshot is
   * published (C3); the entry goes right after the dead one.
   * @example
   * asterisk.channelCache.get(ChannelSnapshot, '1795372726.8')?.data.new.state;
   */
  readonly channelCache: Cache;
  /** The last `BridgeSnapshot` of each bridge that is alive, by bridge id; kept like `channelCache`. */
  readonly bridgeCache: Cache;
  /**
   * The last `EndpointSnapshot` of each endpoint, by `technology/resource`. No event tells of their end: an entry goes when
   * a listing no longer has it (A3).
   */
  readonly endpointCache: Cache;
  /** The last `PlaybackSnapshot` of everything that is being played, by playback id; kept like `channelCache`. */
  readonly playbackCache: Cache;
  /** The last `RecordingSnapshot` of everything that is being recorded, by the recording's name; kept like `channelCache`. */
  readonly recordingCache: Cache;
  /** Each change of `channelCache` as a `CacheUpdate` (C2); a channel's last two bring the dead snapshot, then none (C4). */
  readonly channelsCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `bridgeCache`; like `channelsCached`. */
  readonly bridgesCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `endpointCache`. */
  readonly endpointsCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `playbackCache`; like `channelsCached`. */
  readonly playbacksCached: Topic<Message<CacheUpdateData>>;
  /** Each change of `recordingCache`; like `channelsCached`. */
  readonly recordingsCached: Topic<Message<CacheUpdateData>>;
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
export class LiveAsteriskTopics implements AsteriskTopics, PopulatedTopics {
  readonly channels: Topic<ChannelMessage>;
  readonly bridges: Topic<BridgeMessage>;
  readonly endpoints: Topic<EndpointMessage>;
  readonly devices: Topic<DeviceMessage>;
  readonly applications: Topic<ApplicationMessage>;
  readonly populations: Populations;
  /**
   * Since when no connection tells what happens, in milliseconds since the Unix epoch; `undefined` while one does, and
   * before the first.
   */
  unheardSince: number | undefined;
  readonly #pool: TopicPool<ChannelMessage>;

  constructor(bus: Bus) {
    this.channels = bus.topic('channel:all');
    this.bridges = bus.topic('bridge:all');
    this.endpoints = bus.topic('endpoint:all');
    this.devices = bus.topic('devicestate:all');
    this.applications = bus.topic('application:all');
    this.#pool = createTopicPool(this.channels);
    this.populations = createPopulations(bus, this);
  }

  get channelCache(): Cache {
    return this.populations.channels.cache;
  }

  get bridgeCache(): Cache {
    return this.populations.bridges.cache;
  }

  get endpointCache(): Cache {
    return this.populations.endpoints.cache;
  }

  get playbackCache(): Cache {
    return this.populations.playbacks.cache;
  }

  get recordingCache(): Cache {
    return this.populations.recordings.cache;
  }

  get channelsCached(): Topic<Message<CacheUpdateData>> {
    return this.populations.channels.updates;
  }

  get bridgesCached(): Topic<Message<CacheUpdateData>> {
    return this.populations.bridges.updates;
  }

  get endpointsCached(): Topic<Message<CacheUpdateData>> {
    return this.populations.endpoints.updates;
  }

  get playbacksCached(): Topic<Message<CacheUpdateData>> {
    return this.populations.playbacks.updates;
  }

  get recordingsCached(): Topic<Message<CacheUpdateData>> {
    return this.populations.recordings.updates;
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
