// Asterisk's messages as a user writes about them.
import {
  AriGap,
  ChannelDial,
  ChannelSnapshot,
  ChannelVarset,
  connectAri,
  createAsteriskTopics,
  createReplayControls,
  DeviceState,
  publishAriEvent,
  replay,
  startChannelStats,
} from '@stasis-rx/asterisk';
import type {
  AriConnectionOptions,
  AriConnectionState,
  AsteriskTopics,
  Channel,
  ReplayProgress,
} from '@stasis-rx/asterisk';
import { readRecording, RecordingError } from '@stasis-rx/asterisk/recording';
import { createBus, ofType, subscribe, type Message } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { createStatsDClient } from '@stasis-rx/statsd';
import { WebSocket } from 'ws';

const asterisk = createAsteriskTopics(createBus()) satisfies AsteriskTopics;

subscribe(asterisk.channels, ({ data }) => data.new.caller.number.length, { accept: [ChannelSnapshot] });
createMessageRouter(asterisk.channels)
  .add(ChannelVarset, ({ data }) => data.value.trim())
  .add(ChannelDial, ({ data }) => data.caller?.dialplan.exten)
  .add(AriGap, ({ data }) => data.until - data.since);
createMessageRouter(asterisk.channelsCached).addCacheUpdate(ChannelSnapshot, ({ data }) => data.oldSnapshot?.data.new);
const channel: Channel | undefined = asterisk.channelCache.get(ChannelSnapshot, '1')?.data.new;
const application: string | undefined = channel?.channelvars?.['app'];
asterisk
  .channel('1')
  .pipe(ofType(ChannelVarset))
  .subscribe(({ data }) => data.channel?.name);
publishAriEvent(asterisk, JSON.parse('{}'));
// @ts-expect-error a device's state is not about channels
asterisk.channels.publish(DeviceState({ name: 'PJSIP/a', state: 'BUSY' }));
// @ts-expect-error a variable has a value
ChannelVarset({ channel: null, variable: 'A' });
// @ts-expect-error data is read only
asterisk.devices.pipe(ofType(DeviceState)).subscribe(({ data }) => (data.state = 'BUSY'));
// @ts-expect-error who dials may be unknown
createMessageRouter(asterisk.channels).add(ChannelDial, ({ data }) => data.caller.name);

// The WebSocket class of `ws` does, and the platform's fetch.
const login = { url: 'http://localhost:8088', app: 'calls', apiKey: 'user:password' };
const options: AriConnectionOptions = { ...login, WebSocket, fetch, signal: undefined, pingIntervalMs: undefined };
const connection = connectAri(asterisk, options);
// @ts-expect-error the login is needed
connectAri(asterisk, { url: '', app: '' });
// @ts-expect-error that is no class of WebSockets
connectAri(asterisk, { ...login, WebSocket: Date });
export function tellOf(state: AriConnectionState): string {
  // @ts-expect-error not every state has an error
  void state.error;
  return state.state === 'waiting' ? state.error.code : state.state;
}
connection.state$.subscribe(tellOf);

export async function play(path: string): Promise<ReplayProgress | undefined> {
  const controls = createReplayControls({ speed: 2 });
  try {
    return await replay(asterisk, readRecording(path), { controls, signal: undefined });
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    // @ts-expect-error there is no such code
    if (error.code === 'NO_RECORDING') return undefined;
    return undefined;
  }
}
// @ts-expect-error without a time there is no knowing when
void replay(asterisk, [{ event: {} }]);

startChannelStats(asterisk.channels, createStatsDClient());
// @ts-expect-error bridges have no call times
startChannelStats(asterisk.bridges, createStatsDClient());

const varset: Message<{ readonly value: string }> = ChannelVarset({ channel: null, variable: 'A', value: '1' });
export const used = [application, varset];
