import type { AriEvent } from '../events/ari-event.js';
import type { AriRoutes } from './ari-routes.js';
import { readBridge } from '../snapshots/bridge.js';
import { BridgeMerge, ChannelEnteredBridge, ChannelLeftBridge } from '../messages/bridge-messages.js';
import { readChannel } from '../snapshots/channel.js';
import { both, deliver } from '../topics/delivery.js';

/** The events about bridges. Each reads its event whole before it publishes or changes anything. */
export const bridgeRoutes: AriRoutes = {
  BridgeCreated: ({ populations }, event) => populations.bridges.begin(bridgeOf(event), event.options),
  BridgeVideoSourceChanged: ({ populations }, event) => populations.bridges.change(bridgeOf(event), event.options),
  BridgeDestroyed: ({ populations }, event) => populations.bridges.end(bridgeOf(event), event.options),

  BridgeMerged: ({ bridges }, { fields, options }) => {
    const data = { bridge: readBridge(fields.object('bridge')), bridge_from: readBridge(fields.object('bridge_from')) };
    return deliver(bridges, BridgeMerge(data, options));
  },

  // Who is in a bridge is part of its snapshot. The two messages nest as Asterisk nests them: entered comes before the
  // snapshot with the channel, left after the one without it.
  ChannelEnteredBridge: ({ populations, bridges }, event) => {
    const data = readChannelInBridge(event);
    return both(
      deliver(bridges, ChannelEnteredBridge(data, event.options)),
      populations.bridges.change(data.bridge, event.options),
    );
  },
  ChannelLeftBridge: ({ populations, bridges }, event) => {
    const data = readChannelInBridge(event);
    return both(
      populations.bridges.change(data.bridge, event.options),
      deliver(bridges, ChannelLeftBridge(data, event.options)),
    );
  },
};

function bridgeOf({ fields }: AriEvent) {
  return readBridge(fields.object('bridge'));
}

function readChannelInBridge({ fields }: AriEvent) {
  return { bridge: readBridge(fields.object('bridge')), channel: readChannel(fields.object('channel')) };
}
