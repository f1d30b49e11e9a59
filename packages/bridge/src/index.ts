/// <reference lib="esnext.disposable" preserve="true" />

// The bridge
export { createBridge } from './bridge.js';
export type { Bridge } from './bridge.js';
export type { BridgeOptions } from './options.js';
export type { BridgedCache, BridgedTopic, NamedTopic, PoolOfTopics } from './lane.js';
export type { Clock } from './clock.js';

// Codecs
export { withCodec } from './codec.js';
export type { BridgedType, Codec, CodedType } from './codec.js';

// Seeing what goes on
export type { BridgeEvent, Rejection } from './events.js';
export type { BridgeStatistics, TopicBridgeStatistics } from './statistics.js';

// Transports, for those who write one
export type { BridgeTransport, TransportReceiver } from './transport.js';
export { LossyLane } from './lossy-lane.js';
export { nameOfToken, tokenOfName } from './token.js';
