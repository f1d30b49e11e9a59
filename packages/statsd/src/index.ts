// The client
export { createStatsDClient } from './client/client.js';
export type { StatsDClient } from './client/client.js';
export type { StatsDClientOptions } from './client/options.js';
export type { StatsDProtocol } from './transports/protocols.js';
export { dogStatsDOptions } from './client/dog-statsd-options.js';
export type { DogStatsDOptions } from './client/dog-statsd-options.js';
export type { MetricType } from './metrics/metric-kinds.js';
export type { MetricOptions } from './client/metric-writer.js';
export type { StatsDTags, StatsDTagValue } from './metrics/tags.js';
export type { StatsDStatistics } from './packets/journal.js';

// Transports
export type { StatsDTransport } from './transports/transport.js';
export { recordingTransport } from './transports/recording-transport.js';
export type { RecordingTransport } from './transports/recording-transport.js';

// Messages
export { countMessages } from './client/count-messages.js';
export type { CountMessagesOptions, MessageCounter } from './client/count-messages.js';

// Errors
export { TransportError } from './transports/transport-error.js';
