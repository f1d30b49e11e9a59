/// <reference lib="esnext.disposable" preserve="true" />

// The bridge
export { bridgeOverMessagePort } from './bridge-over-message-port.js';
export type { EmitterPort, EventPort, Port } from './port.js';
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
