import { messageType, type Message, type MessageType } from '@stasis-rx/core';

/** Which device, and its state. */
export interface DeviceStateData {
  /** Name of the device, such as `PJSIP/alice`. */
  readonly name: string;
  /** `NOT_INUSE`, `INUSE`, `BUSY`, `RINGING`, … */
  readonly state: string;
}

/** The state of a device changed. In Asterisk `ast_device_state_message_type`. */
export const DeviceState: MessageType<DeviceStateData> = messageType<DeviceStateData>('ast_device_state_message_type');

/** Everything that is published on `devices`. */
export type DeviceMessage = Message<DeviceStateData>;
