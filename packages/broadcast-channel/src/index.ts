/// <reference lib="esnext.disposable" preserve="true" />

// The bridge
export { bridge } from './bridge.js';
export type { BroadcastChannelBridgeOptions } from './bridge.js';
export type { BroadcastChannelClass, Channel } from './broadcast-channel-transport.js';
export { withCodec } from '@stasis-rx/bridge';
export type {
  Bridge,
  BridgedCache,
  BridgedTopic,
  BridgedType,
  BridgeEvent,
  BridgeOptions,
  BridgeStatistics,
  Clock,
  Codec,
  CodedType,
  NamedTopic,
  PoolOfTopics,
  Rejection,
  TopicBridgeStatistics,
} from '@stasis-rx/bridge';
