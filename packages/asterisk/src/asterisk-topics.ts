import { createTopicPool, InvalidArgumentError, type Bus, type Topic, type TopicPool } from '@stasis-rx/core';
import type { Bridge } from './bridge.js';
import type { BridgeMessage } from './bridge-messages.js';
import type { Channel } from './channel.js';
import type { ChannelMessage } from './channel-messages.js';
import type { DeviceMessage } from './device-messages.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointMessage } from './endpoint-messages.js';
import { LastSnapshots } from './last-snapshots.js';

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
  readonly channelSnapshots: LastSnapshots<Channel> = new LastSnapshots<Channel>();
  readonly bridgeSnapshots: LastSnapshots<Bridge> = new LastSnapshots<Bridge>();
  readonly endpointSnapshots: LastSnapshots<Endpoint> = new LastSnapshots<Endpoint>();
  readonly #pool: TopicPool<ChannelMessage>;

  constructor(bus: Bus) {
    this.channels = bus.topic('channel:all');
    this.bridges = bus.topic('bridge:all');
    this.endpoints = bus.topic('endpoint:all');
    this.devices = bus.topic('devicestate:all');
    this.#pool = createTopicPool(this.channels);
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
