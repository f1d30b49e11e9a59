// The StatsD client as a user writes it.
import { createBus, type Message, type StasisError } from '@stasis-rx/core';
import {
  countMessages,
  createStatsDClient,
  dogStatsDOptions,
  recordingTransport,
  TransportError,
} from '@stasis-rx/statsd';
import type { StatsDClient, StatsDClientOptions, StatsDTags, StatsDTransport } from '@stasis-rx/statsd';

const { STATSD_HOST: host, STATSD_PORT: port } = process.env;
const tags: StatsDTags = { site: 'north', node: 3, isSpare: false };
const options: StatsDClientOptions = {
  host,
  port: port === undefined ? undefined : Number(port),
  tags,
  aggregate: true,
};
const statsd = createStatsDClient({
  ...options,
  ...dogStatsDOptions(),
  transport: recordingTransport(),
}) satisfies StatsDClient;
createStatsDClient({ protocol: 'unixgram', path: '/run/statsd.sock', tags: ['site:north'] });
// @ts-expect-error there is no such protocol
createStatsDClient({ protocol: 'http' });
// @ts-expect-error a port is a number
createStatsDClient({ port });
// @ts-expect-error a tag is a text, a number or a boolean
createStatsDClient({ tags: { site: { name: 'north' } } });

const transport: StatsDTransport = { send: (packet) => packet.length, close: async () => Promise.resolve() };
createStatsDClient({ transport, onError: (error) => error.code });
// @ts-expect-error a transport has to be closed
createStatsDClient({ transport: { send: () => undefined } });
// @ts-expect-error a packet is a text
createStatsDClient({ transport: { ...transport, send: (packet: number) => packet } });

statsd.increment('calls', 1, { sampleRate: 0.1, tags });
statsd.log('calls', 'g', '+1');
// @ts-expect-error a gauge is a number
statsd.gauge('calls', '5');
// @ts-expect-error figures are read, not written
statsd.statistics().lines = 0;

const calls = createBus().topic<Message<{ readonly id: string }>>('calls');
countMessages(calls, statsd, { prefix: undefined })[Symbol.dispose]();
// @ts-expect-error a bus is no topic
countMessages(createBus(), statsd);

export function droppedBy(error: StasisError): number {
  // @ts-expect-error not every error has dropped something
  void error.droppedLines;
  return error instanceof TransportError ? error.droppedLines : 0;
}
export const done: Promise<void> = statsd.close();
