/// <reference lib="esnext.disposable" preserve="true" />

// Message types and messages
export { messageType, isMessageType } from './message-type.js';
export type { AnyMessageType, Formatter, MessageOf, MessageType, MessageTypeOptions } from './message-type.js';
export { isMessage, LOCAL_EID, revise } from './message.js';
export type { Message, MessageJSON, MessageOptions } from './message.js';
export { format, toJSON } from './format.js';
export type { SchemaInput, SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.js';

// Bus and topics
export type { Around } from './around.js';
export { createBus } from './bus.js';
export type { Bus, BusOptions, TopicOptions } from './bus.js';
export { Topic } from './topic.js';
export type { TopicIterator } from './iterate.js';
export { createAnimationFrameDispatcher } from './animation-frame-dispatcher.js';
export type { AnimationFrameDispatcherOptions } from './animation-frame-dispatcher.js';
export type { Dispatcher } from './turn.js';

// Subscriptions
export { subscribe } from './subscribe.js';
export type { Accepted, FilterOptions, Received, SubscribeOptions } from './subscribe.js';
export type { Carried, EachCarried } from './carried.js';
export type { Handler, Subscription } from './subscription.js';
export type { Congestion } from './subscription-monitor.js';
export type { CapacityOptions, Overflow } from './overflow.js';
export { SubscriptionChange } from './subscription-change.js';
export type { SubscriptionChangeData } from './subscription-change.js';
export type { WaterMarkOptions } from './water-marks.js';

// Operators
export { conflate } from './operators/conflate.js';
export type { ConflateOptions } from './operators/conflate.js';
export { messages } from './operators/messages.js';
export type { MessagesOptions } from './operators/messages.js';
export { ofType } from './operators/of-type.js';
export { serialize } from './operators/serialize.js';
export type { Serialized } from './operators/serialize.js';

// Forwards and pools
export { forwardAll } from './forward.js';
export type { Forward, Takes } from './forward.js';
export { createTopicPool } from './topic-pool.js';
export type { TopicPool } from './topic-pool.js';

// Caches
export { createCache } from './cache.js';
export type { AggregateEntry, AggregateOptions, Cache, CacheChange, CacheId, CacheOptions } from './cache.js';
export { createCachingTopic } from './caching-topic.js';
export type { CachingTopic } from './caching-topic.js';
export { CacheClear, CacheUpdate } from './cache-messages.js';
export type { CacheUpdateData } from './cache-messages.js';

// States
export { createStateManager } from './state-manager.js';
export type { StateManager, StatePublisher } from './state-manager.js';
export type { StateObserver } from './state-observer.js';
export type { StateSubscriber } from './state-subscriber.js';

// Seeing what goes on
export type { BusEvent } from './events.js';
export type { BusStatistics, MessageTypeStatistics, SubscriptionStatistics, TopicStatistics } from './statistics.js';

// Errors
export { describeValue, DispatchError, InvalidArgumentError, StasisError, ValidationError } from './errors.js';
export type { ValidationIssue } from './errors.js';
