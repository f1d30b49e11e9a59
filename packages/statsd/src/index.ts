// The client
export { createStatsDClient } from './client.js';
export type { StatsDClient } from './client.js';
export type { StatsDClientOptions } from './options.js';
export type { StatsDProtocol } from './protocols.js';
export { dogStatsDOptions } from './dog-statsd-options.js';
export type { DogStatsDOptions } from './dog-statsd-options.js';
export type { MetricType } from './metric-kinds.js';
export type { MetricOptions } from './metric-writer.js';
export type { StatsDTags, StatsDTagValue } from './tags.js';
export type { StatsDStatistics } from './journal.js';

// Transports
export type { StatsDTransport } from './transports/transport.js';
export { recordingTransport } from './transports/recording-transport.js';
export type { RecordingTransport } from './transports/recording-transport.js';

// Messages
export { countMessages } from './count-messages.js';
export type { CountMessagesOptions, MessageCounter } from './count-messages.js';

// Errors
export { TransportError } from './transport-error.js';
