import type { Message } from '@stasis-rx/core';
import type { AriEvent } from './ari-event.js';
import type { AriRoutes } from './ari-routes.js';
import type { LiveAsteriskTopics } from './asterisk-topics.js';
import { readBridge, type Bridge } from './bridge.js';
import {
  BridgeMerge,
  BridgeSnapshot,
  ChannelEnteredBridge,
  ChannelLeftBridge,
  type BridgeSnapshotData,
} from './bridge-messages.js';
import { readChannel } from './channel.js';
import { deliver, type Delivery } from './delivery.js';

/** The events about bridges. Each reads its event whole before it publishes or changes anything. */
export const bridgeRoutes: AriRoutes = {
  BridgeCreated: publishChange,
  BridgeVideoSourceChanged: publishChange,
  BridgeDestroyed: publishEnd,

  BridgeMerged: (asterisk, { fields, options }) => {
    const data = { bridge: readBridge(fields.object('bridge')), bridge_from: readBridge(fields.object('bridge_from')) };
    return deliver(asterisk.bridges, BridgeMerge(data, options));
  },

  // Who is in a bridge is part of its snapshot. The two messages nest as Asterisk nests them: entered comes before the
  // snapshot with the channel, left after the one without it.
  ChannelEnteredBridge: (asterisk, event) => {
    const data = readChannelInBridge(event);
    return deliver(asterisk.bridges, ChannelEnteredBridge(data, event.options), snapshot(asterisk, data.bridge, event));
  },
  ChannelLeftBridge: (asterisk, event) => {
    const data = readChannelInBridge(event);
    return deliver(asterisk.bridges, snapshot(asterisk, data.bridge, event), ChannelLeftBridge(data, event.options));
  },
};

function publishChange(asterisk: LiveAsteriskTopics, event: AriEvent): Delivery {
  return deliver(asterisk.bridges, snapshot(asterisk, readBridge(event.fields.object('bridge')), event));
}

function publishEnd(asterisk: LiveAsteriskTopics, { fields, options }: AriEvent): Delivery {
  const bridge = readBridge(fields.object('bridge'));
  const old = asterisk.bridgeSnapshots.last(bridge.id);
  const message = BridgeSnapshot({ old, new: { ...bridge, dead: true } }, options);
  const delivery = deliver(asterisk.bridges, message);
  asterisk.bridgeSnapshots.remove(message);
  return delivery;
}

function snapshot(asterisk: LiveAsteriskTopics, bridge: Bridge, { options }: AriEvent): Message<BridgeSnapshotData> {
  const old = asterisk.bridgeSnapshots.last(bridge.id);
  return BridgeSnapshot({ old, new: { ...bridge, dead: false } }, options);
}

function readChannelInBridge({ fields }: AriEvent) {
  return { bridge: readBridge(fields.object('bridge')), channel: readChannel(fields.object('channel')) };
}
