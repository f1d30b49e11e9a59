import { forwardAll, type Bus, type Message, type Topic } from '@stasis-rx/core';
import { parseAriTime } from '../events/ari-time.js';
import type { Bridge } from '../snapshots/bridge.js';
import { BridgeSnapshot, type BridgeMessage } from '../messages/bridge-messages.js';
import type { Channel } from '../snapshots/channel.js';
import { ChannelSnapshot, type ChannelMessage } from '../messages/channel-messages.js';
import { endpointId, type Endpoint } from '../snapshots/endpoint.js';
import { EndpointSnapshot, type EndpointMessage } from '../messages/endpoint-messages.js';
import type { LiveRecording } from '../snapshots/live-recording.js';
import { PlaybackSnapshot, RecordingSnapshot } from '../messages/media-messages.js';
import { mediaTarget } from '../snapshots/media-target.js';
import type { Playback } from '../snapshots/playback.js';
import { createPopulation, type Population, type PopulationOptions } from './population.js';

/** Everything in Asterisk that comes and goes, kind by kind. */
export interface Populations {
  readonly channels: Population<Channel>;
  readonly bridges: Population<Bridge>;
  readonly endpoints: Population<Endpoint>;
  readonly playbacks: Population<Playback>;
  readonly recordings: Population<LiveRecording>;
}

/** The topics on which is told what comes and goes. */
export interface PopulatedTopics {
  readonly channels: Topic<ChannelMessage>;
  readonly bridges: Topic<BridgeMessage>;
  readonly endpoints: Topic<EndpointMessage>;
  /** The topic of one channel, made when there is none. */
  channel(id: string): Topic<ChannelMessage>;
  /** The same, where the channel has one, else that of all channels. */
  channelIfAlive(id: string): Topic<ChannelMessage>;
  /** Ends the topic of a channel. */
  endChannel(id: string): void;
}

export function createPopulations(bus: Bus, asterisk: PopulatedTopics): Populations {
  const { channels, bridges, endpoints } = asterisk;
  const feedOf = (kind: string, ...sources: ((feed: Topic) => unknown)[]) => {
    const feed = bus.topic(`${kind}:snapshots`, { detail: 'what a cache watches' });
    for (const forwardTo of sources) forwardTo(feed);
    return feed;
  };
  return {
    channels: createPopulation<Channel>({
      type: ChannelSnapshot,
      toSnapshot: toSnapshot(ChannelSnapshot),
      idOf: ({ id }) => id,
      lifeOf: creationTime,
      topicOf: ({ id }) => asterisk.channel(id),
      onEnd: ({ id }) => asterisk.endChannel(id),
      feed: feedOf('channel', from(channels)),
    }),
    bridges: createPopulation<Bridge>({
      type: BridgeSnapshot,
      toSnapshot: toSnapshot(BridgeSnapshot),
      idOf: ({ id }) => id,
      lifeOf: creationTime,
      topicOf: () => bridges,
      feed: feedOf('bridge', from(bridges)),
    }),
    endpoints: createPopulation<Endpoint>({
      type: EndpointSnapshot,
      toSnapshot: ({ old, now, dead, marks }, options) =>
        EndpointSnapshot({ old, new: dead ? { ...now, dead } : now, ...marks }, options),
      idOf: endpointId,
      // An endpoint has no time of its own: one that is told of by a later event is there again.
      lifeOf: (_, timestamp) => timestamp,
      topicOf: () => endpoints,
      feed: feedOf('endpoint', from(endpoints)),
    }),
    playbacks: createPopulation<Playback>({
      type: PlaybackSnapshot,
      toSnapshot: toSnapshot(PlaybackSnapshot),
      idOf: ({ id }) => id,
      lifeOf: onlyOne,
      topicOf: ({ target_uri }) => topicOfTarget(asterisk, target_uri),
      feed: feedOf('playback', from(channels), from(bridges)),
    }),
    recordings: createPopulation<LiveRecording>({
      type: RecordingSnapshot,
      toSnapshot: toSnapshot(RecordingSnapshot),
      idOf: ({ name }) => name,
      lifeOf: onlyOne,
      topicOf: ({ target_uri }) => topicOfTarget(asterisk, target_uri),
      feed: feedOf('recording', from(channels), from(bridges)),
    }),
  };
}

function from<M extends Message>(topic: Topic<M>) {
  return (feed: Topic) => forwardAll(topic, feed);
}

/** Of a type whose snapshots all say whether the thing is dead. */
function toSnapshot<Thing extends object>(type: SnapshotType<Thing>): PopulationOptions<Thing>['toSnapshot'] {
  return ({ old, now, dead, marks }, options) => type({ old, new: { ...now, dead }, ...marks }, options);
}

type SnapshotType<Thing extends object> = (
  data: { readonly old: Thing | null; readonly new: Thing & { readonly dead: boolean }; readonly reconciled?: true },
  options: { readonly timestamp: number | undefined },
) => Message;

/** Asterisk never makes two channels of one id; an application that names its channels itself may, one after the other. */
function creationTime({ creationtime }: Channel | Bridge): number {
  return parseAriTime(creationtime) || 0;
}

/** Nothing tells two of one id apart but that the second begins. */
function onlyOne(): number {
  return 0;
}

function topicOfTarget(asterisk: PopulatedTopics, uri: string) {
  const target = mediaTarget(uri);
  if (target?.kind === 'bridge') return asterisk.bridges;
  return target === undefined ? asterisk.channels : asterisk.channelIfAlive(target.id);
}
