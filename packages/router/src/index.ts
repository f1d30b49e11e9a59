// The message router
export { createMessageRouter } from './create-message-router.js';
export type { RouterOptions } from './create-message-router.js';
export type { Cached, CacheUpdateOf, DefaultRouteOptions, MessageRouter } from './message-router.js';

// Groups
export { groupByType } from './group-by-type.js';
export type { MessageGroup } from './group-by-type.js';
