import type { AriEvent } from './ari-event.js';
import type { AriRoutes } from './ari-routes.js';
import type { LiveAsteriskTopics } from './asterisk-topics.js';
import { readChannel, readOptionalChannel, type Channel } from './channel.js';
import {
  ChannelDial,
  ChannelDtmfEnd,
  ChannelHangupRequest,
  ChannelHold,
  ChannelSnapshot,
  ChannelTalkingStart,
  ChannelTalkingStop,
  ChannelUnhold,
  ChannelVarset,
  type ChannelMessage,
} from './channel-messages.js';
import { deliver, type Delivery } from './delivery.js';
import { StasisEnd, StasisStart } from './stasis-messages.js';

/** The events about channels. Each reads its event whole before it publishes or changes anything. */
export const channelRoutes: AriRoutes = {
  ChannelCreated: publishChange,
  ChannelStateChange: publishChange,
  ChannelDialplan: publishChange,
  ChannelCallerId: publishChange,
  ChannelConnectedLine: publishChange,
  ChannelDestroyed: publishEnd,

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
};

function publishChange(asterisk: LiveAsteriskTopics, { fields, options }: AriEvent): Delivery {
  const channel = readChannel(fields.object('channel'));
  const topic = asterisk.channel(channel.id);
  const old = asterisk.channelSnapshots.last(channel.id);
  return deliver(topic, ChannelSnapshot({ old, new: { ...channel, dead: false } }, options));
}

function publishEnd(asterisk: LiveAsteriskTopics, { fields, options }: AriEvent): Delivery {
  const channel = readChannel(fields.object('channel'));
  const topic = asterisk.channel(channel.id);
  const old = asterisk.channelSnapshots.last(channel.id);
  const message = ChannelSnapshot({ old, new: { ...channel, dead: true } }, options);
  const delivery = deliver(topic, message);
  asterisk.channelSnapshots.remove(message);
  asterisk.endChannel(channel.id);
  return delivery;
}

/** A route for an event that speaks of one channel and becomes one message on that channel's topic. */
function aboutChannel(toMessage: (event: AriEvent, channel: Channel) => ChannelMessage) {
  return (asterisk: LiveAsteriskTopics, event: AriEvent): Delivery => {
    const channel = readChannel(event.fields.object('channel'));
    return deliverTo(asterisk, channel, toMessage(event, channel));
  };
}

function deliverTo(asterisk: LiveAsteriskTopics, channel: Channel, message: ChannelMessage): Delivery {
  return deliver(asterisk.channelIfAlive(channel.id), message);
}
