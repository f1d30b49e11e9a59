// The bus
export { BUS } from './bus-token.js';
export { provideBus } from './provide-bus.js';
export type { ProvideBusOptions } from './provide-bus.js';
export { injectBus } from './inject-bus.js';
export { injectTopic } from './inject-topic.js';
export type { InjectorOption } from './injector-for.js';

// Events
export { subscribeUntilDestroyed } from './subscribe-until-destroyed.js';
export type { SubscribeUntilDestroyedOptions } from './subscribe-until-destroyed.js';

// State
export { toLatestSignal } from './to-latest-signal.js';
export { toCacheSignal } from './to-cache-signal.js';
export { toCacheEntriesSignal } from './to-cache-entries-signal.js';
