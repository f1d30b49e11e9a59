import type { Topic } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '@stasis-rx/statsd';
import type { ChannelMessage } from '../messages/channel-messages.js';
import { startChannelStats } from '../statistics/channel-stats.js';
import { formatHostAndPort, type HostAndPort } from './host-and-port.js';
import { openStatsDReceiver } from './statsd-receiver.js';

/** Where the job's metric lines go, and how they come back to be shown. */
export interface MetricSink {
  readonly description: string;
  /** The client to post statistics with. */
  readonly statsd: StatsDClient;
  /** Sends what is left, and waits until all that was sent has been received, as far as one can know. */
  close(): Promise<void>;
}

export interface MetricSinkOptions {
  readonly prefix: string | undefined;
  /** Called with each metric line that was received. */
  readonly onLine: (line: string) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Opens the way to a StatsD server, or to a receiver in this process where none is given.
 * @param topic where the statistics come from
 */
export function openMetricSink(
  target: HostAndPort | undefined,
  topic: Topic<ChannelMessage>,
  options: MetricSinkOptions,
): Promise<MetricSink> | MetricSink {
  return target === undefined ? embeddedSink(options) : remoteSink(target, topic, options);
}

/** Sends to a StatsD receiver in this process, over a real UDP socket. */
async function embeddedSink({ prefix, onLine, onError }: MetricSinkOptions): Promise<MetricSink> {
  const receiver = await openStatsDReceiver(onLine);
  const target = { host: '127.0.0.1', port: receiver.port };
  const statsd = createStatsDClient({ ...target, prefix, onError });
  return {
    description: `a StatsD receiver in this process, UDP ${formatHostAndPort(target)}`,
    statsd,
    close: async () => {
      await statsd.close();
      const { lines, dropped } = statsd.statistics();
      await receiver.received(lines - dropped);
      receiver.close();
    },
  };
}

/**
 * Sends to a StatsD server elsewhere. Such a server does not tell what it received: what is shown is what was sent, by
 * statistics of the same topic that go nowhere else.
 */
function remoteSink(
  target: HostAndPort,
  topic: Topic<ChannelMessage>,
  { prefix, onLine, onError }: MetricSinkOptions,
): MetricSink {
  const statsd = createStatsDClient({ ...target, prefix, onError });
  const shown = createStatsDClient({
    prefix,
    transport: { send: (packet) => packet.split('\n').forEach(onLine), close: () => undefined },
  });
  const mirror = startChannelStats(topic, shown);
  return {
    description: `StatsD at ${formatHostAndPort(target)}`,
    statsd,
    close: async () => {
      mirror.unsubscribe();
      await mirror.join();
      await Promise.all([shown.close(), statsd.close()]);
    },
  };
}
