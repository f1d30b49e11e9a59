/// <reference lib="esnext.disposable" preserve="true" />

// The bridge
export { createBridge } from './bridge/create-bridge.js';
export type { Bridge } from './bridge/bridge.js';
export type { BridgeOptions } from './bridge/options.js';
export type { BridgedCache, BridgedTopic, NamedTopic, PoolOfTopics } from './protocol/lane.js';
export type { Clock } from './ground/clock.js';

// Codecs
export { withCodec } from './protocol/codec.js';
export type { BridgedType, Codec, CodedType } from './protocol/codec.js';

// Seeing what goes on
export type { BridgeEvent, Rejection } from './ground/events.js';
export type { BridgeStatistics, TopicBridgeStatistics } from './ground/statistics.js';

// Transports, for those who write one
export type { BridgeTransport, TransportReceiver } from './protocol/transport.js';
export { LossyLane } from './protocol/lossy-lane.js';
export { LastWords } from './protocol/last-words.js';
export { nameOfToken, tokenOfName } from './protocol/token.js';
