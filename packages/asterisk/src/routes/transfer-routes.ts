import type { AriRoutes } from './ari-routes.js';
import { readOptionalBridge } from '../snapshots/bridge.js';
import { readChannel, readOptionalChannel } from '../snapshots/channel.js';
import { deliver } from '../topics/delivery.js';
import { AttendedTransfer, BlindTransfer } from '../messages/transfer-messages.js';

/** The events about transfers that were carried out, or tried. */
export const transferRoutes: AriRoutes = {
  BridgeBlindTransfer: ({ bridges }, { fields, options }) => {
    const data = {
      channel: readChannel(fields.object('channel')),
      replace_channel: readOptionalChannel(fields, 'replace_channel'),
      transferee: readOptionalChannel(fields, 'transferee'),
      exten: fields.text('exten'),
      context: fields.text('context'),
      result: fields.text('result'),
      is_external: fields.flag('is_external'),
      bridge: readOptionalBridge(fields, 'bridge'),
    };
    return deliver(bridges, BlindTransfer(data, options));
  },

  BridgeAttendedTransfer: ({ bridges }, { fields, options }) => {
    const data = {
      transferer_first_leg: readChannel(fields.object('transferer_first_leg')),
      transferer_second_leg: readChannel(fields.object('transferer_second_leg')),
      replace_channel: readOptionalChannel(fields, 'replace_channel'),
      transferee: readOptionalChannel(fields, 'transferee'),
      transfer_target: readOptionalChannel(fields, 'transfer_target'),
      result: fields.text('result'),
      is_external: fields.flag('is_external'),
      transferer_first_leg_bridge: readOptionalBridge(fields, 'transferer_first_leg_bridge'),
      transferer_second_leg_bridge: readOptionalBridge(fields, 'transferer_second_leg_bridge'),
      destination_type: fields.text('destination_type'),
      destination_bridge: fields.text('destination_bridge', ''),
      destination_application: fields.text('destination_application', ''),
      destination_link_first_leg: readOptionalChannel(fields, 'destination_link_first_leg'),
      destination_link_second_leg: readOptionalChannel(fields, 'destination_link_second_leg'),
      destination_threeway_channel: readOptionalChannel(fields, 'destination_threeway_channel'),
      destination_threeway_bridge: readOptionalBridge(fields, 'destination_threeway_bridge'),
    };
    return deliver(bridges, AttendedTransfer(data, options));
  },
};
