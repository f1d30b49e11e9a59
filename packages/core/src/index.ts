/// <reference lib="esnext.disposable" preserve="true" />

// Message types and messages
export { messageType, isMessageType } from './messages/message-type.js';
export type { Formatter, MessageOf, MessageType, MessageTypeOptions } from './messages/message-type.js';
export type { AnyMessageType } from './messages/message.js';
export { isMessage, LOCAL_EID } from './messages/message.js';
export { revise } from './messages/revise.js';
export type { Message, MessageJSON, MessageOptions } from './messages/message.js';
export { format, toJSON } from './messages/format.js';
export type { SchemaInput, SchemaOutput, SchemaResult, StandardSchema } from './messages/standard-schema.js';

// Bus and topics
export type { Around } from './mailbox/around-drains.js';
export type { HandlerContext } from './mailbox/contexts.js';
export { createBus } from './bus/create-bus.js';
export type { Bus, BusOptions, TopicOptions } from './bus/bus.js';
export { Topic } from './topics/topic.js';
export type { DeliverOptions } from './topics/deliver.js';
export type { Delivery, Receipt } from './watching/receipt.js';
export type { TopicIterator } from './topics/topic-iterator.js';
export { createAnimationFrameDispatcher } from './mailbox/animation-frame-dispatcher.js';
export type { AnimationFrameDispatcherOptions } from './mailbox/animation-frame-dispatcher.js';
export type { Dispatcher } from './mailbox/turn.js';

// Subscriptions
export { subscribe } from './subscriptions/subscribe.js';
export type { Accepted, FilterOptions, Received, SubscribeOptions } from './subscriptions/subscribe.js';
export type { Carried, EachCarried } from './messages/carried.js';
export type { Handler, Subscription } from './subscriptions/subscription.js';
export type { Congestion } from './subscriptions/congestion.js';
export type { CapacityOptions, Overflow } from './mailbox/limits.js';
export { tellRoute } from './subscriptions/routes.js';
export { SubscriptionChange } from './messages/subscription-change.js';
export type { SubscriptionChangeData } from './messages/subscription-change.js';
export type { WaterMarkOptions, WaterMarks } from './mailbox/water-marks.js';

// Operators
export { conflate } from './operators/conflate.js';
export type { ConflateOptions } from './operators/conflate.js';
export { messages } from './operators/messages.js';
export type { MessagesOptions } from './operators/messages.js';
export { ofType } from './operators/of-type.js';
export { serialize } from './operators/serialize.js';
export type { Serialized } from './operators/serialize.js';

// Forwards and pools
export { forwardAll } from './topics/forward.js';
export type { Forward, Takes } from './topics/forward.js';
export { createTopicPool } from './topics/topic-pool.js';
export type { TopicPool } from './topics/topic-pool.js';

// Caches
export type { CacheChange, CacheId } from './caches/cache-change.js';
export type { AggregateEntry, AggregateOptions, CacheOptions } from './caches/cache-options.js';
export type { Cache } from './caches/cache.js';
export { createCache } from './caches/create-cache.js';
export { createCachingTopic } from './caches/caching-topic.js';
export type { CachingTopic } from './caches/caching-topic.js';
export { CacheClear, CacheUpdate } from './messages/cache-messages.js';
export type { CacheUpdateData } from './messages/cache-messages.js';

// States
export { createStateManager } from './states/create-state-manager.js';
export type { StateManager } from './states/state-manager.js';
export type { StatePublisher } from './states/state-publisher.js';
export type { StateObserver } from './states/state-observer.js';
export type { StateSubscriber } from './states/state-subscriber.js';

// Seeing what goes on
export type { BusEvent } from './watching/bus-event.js';
export type { MessageTypeStatistics } from './bus/statistics.js';
export type { TopicStatistics } from './topics/topic-statistics.js';
export type { SubscriptionStatistics } from './subscriptions/subscription-statistics.js';
export type { BusStatistics } from './bus/statistics.js';
export type {
  BusDescription,
  CacheDescription,
  ForwardDescription,
  StatesDescription,
  TopicDescription,
} from './bus/description.js';
export type { SubscriptionDescription } from './subscriptions/subscription-description.js';
export type {
  AttachedProbe,
  Probe,
  ProbeBegan,
  ProbeChanged,
  ProbeDropped,
  ProbeEnded,
  ProbePublished,
  ProbeQueued,
  ProbeRecord,
  ProbeWrote,
} from './watching/probe.js';

// Errors
export { describeValue, InvalidArgumentError, StasisError, ValidationError } from './errors/errors.js';
export { DispatchError } from './watching/dispatch-error.js';
export type { ValidationIssue } from './errors/errors.js';
