import type { AriEvent } from '../events/ari-event.js';
import type { AriFields } from '../events/ari-fields.js';
import type { AriRoutes } from './ari-routes.js';
import type { LiveAsteriskTopics } from '../topics/asterisk-topics.js';
import { readOptionalBridge } from '../snapshots/bridge.js';
import { readChannel, readOptionalChannel, type Channel } from '../snapshots/channel.js';
import {
  ApplicationMoveFailed,
  CallBroadcast,
  CallClaimed,
  ChannelDial,
  ChannelDtmfEnd,
  ChannelHangupRequest,
  ChannelHold,
  ChannelTalkingStart,
  ChannelTalkingStop,
  ChannelToneDetect,
  ChannelTransferRequest,
  ChannelUnhold,
  ChannelVarset,
  type ChannelMessage,
} from '../messages/channel-messages.js';
import { deliver, type Delivery } from '../topics/delivery.js';
import { StasisEnd, StasisStart } from '../messages/stasis-messages.js';

/** The events about channels. Each reads its event whole before it publishes or changes anything. */
export const channelRoutes: AriRoutes = {
  ChannelCreated: ({ populations }, event) => populations.channels.begin(channelOf(event), event.options),
  ChannelStateChange: publishChange,
  // These may come after `ChannelDestroyed`: of one update Asterisk makes several events, the end first. The last snapshot
  // had what they tell already (A1).
  ChannelDialplan: publishChange,
  ChannelCallerId: publishChange,
  ChannelConnectedLine: publishChange,
  ChannelDestroyed: ({ populations }, event) => populations.channels.end(channelOf(event), event.options),

  ChannelVarset: (asterisk, { fields, options }) => {
    const channel = readOptionalChannel(fields, 'channel');
    const message = ChannelVarset({ channel, variable: fields.text('variable'), value: fields.text('value') }, options);
    return channel === null ? deliver(asterisk.channels, message) : deliverTo(asterisk, channel, message);
  },

  Dial: (asterisk, { fields, options }) => {
    const data = {
      caller: readOptionalChannel(fields, 'caller'),
      peer: readChannel(fields.object('peer')),
      forwarded: readOptionalChannel(fields, 'forwarded'),
      forward: fields.text('forward', ''),
      dialstring: fields.text('dialstring', ''),
      dialstatus: fields.text('dialstatus'),
    };
    return deliverTo(asterisk, data.caller ?? data.peer, ChannelDial(data, options));
  },

  ChannelHangupRequest: aboutChannel(({ fields, options }, channel) =>
    ChannelHangupRequest({ channel, cause: fields.optionalInteger('cause'), soft: fields.flag('soft') }, options),
  ),
  ChannelHold: aboutChannel(({ fields, options }, channel) =>
    ChannelHold({ channel, musicclass: fields.text('musicclass', '') }, options),
  ),
  ChannelUnhold: aboutChannel(({ options }, channel) => ChannelUnhold({ channel }, options)),
  ChannelDtmfReceived: aboutChannel(({ fields, options }, channel) =>
    ChannelDtmfEnd({ channel, digit: fields.id('digit'), duration_ms: fields.integer('duration_ms') }, options),
  ),
  ChannelTalkingStarted: aboutChannel(({ options }, channel) => ChannelTalkingStart({ channel }, options)),
  ChannelTalkingFinished: aboutChannel(({ fields, options }, channel) =>
    ChannelTalkingStop({ channel, duration: fields.integer('duration') }, options),
  ),
  ChannelToneDetected: aboutChannel(({ options }, channel) => ChannelToneDetect({ channel }, options)),

  ChannelTransfer: (asterisk, { fields, options }) => {
    const data = {
      state: fields.text('state', ''),
      refer_to: readReferTo(fields.object('refer_to')),
      referred_by: readReferredBy(fields.object('referred_by')),
    };
    return deliverTo(asterisk, data.referred_by.source_channel, ChannelTransferRequest(data, options));
  },

  StasisStart: aboutChannel(({ fields, options }, channel) => {
    const replaced = readOptionalChannel(fields, 'replace_channel');
    const data = {
      channel,
      application: fields.text('application', ''),
      args: fields.texts('args'),
      replace_channel: replaced,
    };
    return StasisStart(data, options);
  }),
  StasisEnd: aboutChannel(({ fields, options }, channel) =>
    StasisEnd({ channel, application: fields.text('application', '') }, options),
  ),
  ApplicationMoveFailed: aboutChannel(({ fields, options }, channel) =>
    ApplicationMoveFailed({ channel, destination: fields.text('destination'), args: fields.texts('args') }, options),
  ),
  CallBroadcast: aboutChannel(({ fields, options }, channel) =>
    CallBroadcast({ channel, caller: fields.text('caller', ''), called: fields.text('called', '') }, options),
  ),
  CallClaimed: aboutChannel(({ fields, options }, channel) =>
    CallClaimed({ channel, winner_app: fields.text('winner_app') }, options),
  ),
};

function publishChange({ populations }: LiveAsteriskTopics, event: AriEvent): Delivery {
  return populations.channels.change(channelOf(event), event.options);
}

function channelOf({ fields }: AriEvent): Channel {
  return readChannel(fields.object('channel'));
}

/** A route for an event that speaks of one channel and becomes one message on that channel's topic. */
function aboutChannel(toMessage: (event: AriEvent, channel: Channel) => ChannelMessage) {
  return (asterisk: LiveAsteriskTopics, event: AriEvent): Delivery => {
    const channel = channelOf(event);
    return deliverTo(asterisk, channel, toMessage(event, channel));
  };
}

function deliverTo(asterisk: LiveAsteriskTopics, channel: Channel, message: ChannelMessage): Delivery {
  return deliver(asterisk.channelIfAlive(channel.id), message);
}

function readReferTo(fields: AriFields) {
  return {
    requested_destination: fields.objectOrEmpty('requested_destination').json,
    destination_channel: readOptionalChannel(fields, 'destination_channel'),
    connected_channel: readOptionalChannel(fields, 'connected_channel'),
    bridge: readOptionalBridge(fields, 'bridge'),
  };
}

function readReferredBy(fields: AriFields) {
  return {
    source_channel: readChannel(fields.object('source_channel')),
    connected_channel: readOptionalChannel(fields, 'connected_channel'),
    bridge: readOptionalBridge(fields, 'bridge'),
  };
}
