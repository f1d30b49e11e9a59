import { LOCAL_EID } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '@stasis-rx/statsd';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import {
  BridgeSnapshot,
  ChannelSnapshot,
  connectAri,
  EndpointSnapshot,
  PlaybackSnapshot,
  RecordingSnapshot,
  startChannelStats,
  type AriConnection,
  type AriConnectionOptions,
  type AriConnectionState,
} from '../../src/index.js';
import { LASTING_TOPICS, observedAsterisk, type ObservedAsterisk } from './asterisk.js';
import type { AriWorld } from './ari-world.js';

/** A live connection with the channel statistics behind it, and all that it told. */
export interface FollowedAsterisk extends ObservedAsterisk {
  readonly connection: AriConnection;
  readonly states: AriConnectionState[];
  readonly errors: (Error & { readonly code?: string })[];
  /** What the gauge `channels.count` stands at. */
  readonly gauge: () => number;
  /** The call times that were sent, in milliseconds. */
  readonly calltimes: number[];
  reaches<S extends AriConnectionState['state']>(state: S): Promise<Extract<AriConnectionState, { state: S }>>;
}

export function followAsterisk(url: string, options: Partial<AriConnectionOptions> = {}): FollowedAsterisk {
  const observed = observedAsterisk();
  let gauge = 0;
  const calltimes: number[] = [];
  const statsd: StatsDClient = createStatsDClient({
    flushIntervalMs: 1,
    transport: {
      send: (packet) => {
        for (const line of packet.split('\n')) {
          const [, by] = /^channels\.count:([+-]1)\|g$/.exec(line) ?? [];
          const [, ms] = /^channels\.calltime:(\d+)\|ms$/.exec(line) ?? [];
          gauge += Number(by ?? 0);
          if (ms !== undefined) calltimes.push(Number(ms));
        }
      },
      close: () => undefined,
    },
  });
  startChannelStats(observed.asterisk.channels, statsd);
  const errors: Error[] = [];
  const states: AriConnectionState[] = [];
  const connection = connectAri(observed.asterisk, {
    url,
    app: 'demo',
    apiKey: 'me:secret',
    WebSocket,
    random: () => 0,
    onError: (error) => errors.push(error),
    ...options,
  });
  connection.state$.subscribe((state) => states.push(state));
  const reaches = <S extends AriConnectionState['state']>(state: S) =>
    firstValueFrom(
      connection.state$.pipe(filter((one): one is Extract<AriConnectionState, { state: S }> => one.state === state)),
    );
  return { ...observed, connection, states, errors, gauge: () => gauge, calltimes, reaches };
}

/** What is held here: ids and states, kind by kind, with the topics of channels and the gauge. */
export async function held({ asterisk, bus, gauge }: FollowedAsterisk) {
  await bus.settled();
  await new Promise((resolve) => setTimeout(resolve, 3));
  const local = LOCAL_EID;
  return {
    channels: asterisk.channelCache
      .dump(ChannelSnapshot, local)
      .map(({ data }) => [data.new.id, data.new.state])
      .sort(),
    bridges: asterisk.bridgeCache
      .dump(BridgeSnapshot)
      .map(({ data }) => [data.new.id, data.new.channels])
      .sort(),
    endpoints: asterisk.endpointCache
      .dump(EndpointSnapshot)
      .map(({ data }) => [data.new.resource, data.new.state])
      .sort(),
    playbacks: asterisk.playbackCache
      .dump(PlaybackSnapshot)
      .map(({ data }) => data.new.id)
      .sort(),
    recordings: asterisk.recordingCache
      .dump(RecordingSnapshot)
      .map(({ data }) => data.new.name)
      .sort(),
    topics: bus
      .topics()
      .map(({ name }) => name)
      .filter((name) => !LASTING_TOPICS.includes(name))
      .sort(),
    gauge: gauge(),
  };
}

/** The same of the Asterisk itself. */
export function truth({
  channels,
  bridges,
  endpoints,
  playbacks,
  recordings,
}: AriWorld): Awaited<ReturnType<typeof held>> {
  return {
    channels: [...channels].map(([id, { state }]) => [id, String(state)]).sort(),
    bridges: [...bridges].map(([id, bridge]) => [id, bridge.channels as string[]] as (string | string[])[]).sort(),
    endpoints: [...endpoints.values()].map(({ resource, state }) => [String(resource), String(state)]).sort(),
    playbacks: [...playbacks.keys()].sort(),
    recordings: [...recordings.keys()].sort(),
    topics: [...channels.keys()].map((id) => `channel:all/${id}`).sort(),
    gauge: channels.size,
  };
}
