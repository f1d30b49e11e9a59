import { Aggregator } from '../aggregation/aggregator.js';
import { Journal, type StatsDStatistics } from '../packets/journal.js';
import { MetricKinds, type MetricType } from '../metrics/metric-kinds.js';
import { MetricWriter, type MetricOptions } from './metric-writer.js';
import { resolveOptions, type ResolvedOptions, type StatsDClientOptions } from './options.js';
import { PacketBuffer } from '../packets/packet-buffer.js';
import { plainNumber } from '../ground/plain-number.js';
import { createSink } from './create-sink.js';
import type { PacketSink } from '../transports/transport.js';
import { within } from '../ground/within.js';

/**
 * Sends metrics to a StatsD server. No call for a metric ever throws, rejects or waits: the metric is written as a line
 * into a packet, in the order of the calls, and the packet leaves when it is full, after the flush interval, at
 * `flush()` and at `close()`. What cannot be sent is counted in `statistics()` and reported to the client's `onError`:
 * NaN and the infinities, a name that is no string or empty, a line longer than a packet.
 *
 * With the option `aggregate`, counters, meters, gauges and sets are put together first, and leave as one line each (D4).
 *
 * In names, values and tags, characters that would break the line (`:`, `|`, control characters, in tags `,`) become `_`;
 * the value of a tag keeps its colons.
 */
export interface StatsDClient {
  /** Adds to a counter: `name:1|c`. @param by default 1 */
  increment(name: string, by?: number, options?: MetricOptions): void;
  /** Takes from a counter: `name:-1|c`. @param by default 1 */
  decrement(name: string, by?: number, options?: MetricOptions): void;
  /**
   * Sets a gauge: `name:42|g`. A server takes a gauge with a sign for a change, so a negative one is two lines, always
   * in one packet: `name:0|g`, `name:-5|g`.
   */
  gauge(name: string, value: number, options?: MetricOptions): void;
  /** Changes a gauge: `name:+5|g`, `name:-5|g`. */
  gaugeDelta(name: string, by: number, options?: MetricOptions): void;
  /** A duration in milliseconds: `name:120|ms`. */
  timing(name: string, ms: number, options?: MetricOptions): void;
  /** A value whose distribution matters: `name:120|h`. Not every server knows it. */
  histogram(name: string, value: number, options?: MetricOptions): void;
  /** Events at a rate: `name:1|m`; without `meterSupport`, `name_meter:1|c` (D2). */
  meter(name: string, value: number, options?: MetricOptions): void;
  /** A member of a set, of which the server counts the different ones: `name:ann|s`. */
  set(name: string, value: string | number, options?: MetricOptions): void;
  /**
   * The raw form: any type, made of letters, and the value as it is to stand on the line: `log('calls', 'g', '+1')`
   * (D1). A meter is treated as {@link StatsDClient.meter} treats it.
   */
  log(name: string, type: MetricType | (string & {}), value: string | number, options?: MetricOptions): void;
  /**
   * Sends what has been logged so far, also what is being aggregated. Resolves when the socket has taken it, or has failed to, and at the latest after
   * `timeoutMs`; at once while a server that cannot be reached is given time: then it waits in the outbox. Never rejects.
   */
  flush(): Promise<void>;
  /**
   * Sends what has been logged so far, then closes the socket. A server that cannot be reached is tried once more. What
   * is logged afterwards is dropped, and counted. Waits at most `timeoutMs` for what is being sent. Never rejects; calling it twice does nothing more.
   */
  close(): Promise<void>;
  /** What the client has done so far: a snapshot. */
  statistics(): StatsDStatistics;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Makes a client for a StatsD server: over UDP, over TCP or a unix socket, of streams or datagrams, with reconnect, or
 * through a transport of your own. The first packet opens the socket. When nothing is being sent, neither sockets nor timers keep the process alive:
 * call `close()` before it ends, or lose what was logged since the last packet left.
 *
 * @param options read once, never changed
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * ```ts
 * import { createStatsDClient } from '@stasis-rx/statsd';
 *
 * const statsd = createStatsDClient({ prefix: 'pbx', tags: { site: 'north' }, onError: (error) => console.error(error) });
 * statsd.increment('calls'); // pbx.calls:1|c|#site:north
 * statsd.timing('calltime', 5250, { sampleRate: 0.1 }); // one call in ten: pbx.calltime:5250|ms|@0.1|#site:north
 * await statsd.close();
 * ```
 */
export function createStatsDClient(options: StatsDClientOptions = {}): StatsDClient {
  return new BufferedClient(resolveOptions(options));
}

class BufferedClient implements StatsDClient {
  readonly #kinds: MetricKinds;
  readonly #journal: Journal;
  readonly #sink: PacketSink;
  readonly #buffer: PacketBuffer;
  readonly #aggregator: Aggregator | undefined;
  readonly #writer: MetricWriter;
  readonly #timeoutMs: number;
  #closed: Promise<void> | undefined;

  constructor(options: ResolvedOptions) {
    const journal = new Journal(options.onError);
    const sink = createSink(options, journal);
    const buffer = new PacketBuffer(options, (packet) => sink.send(packet));
    const kinds = new MetricKinds(options);
    const aggregator = options.aggregate ? new Aggregator(options, buffer) : undefined;
    this.#writer = new MetricWriter({ kinds, buffer, aggregator, journal }, options);
    this.#journal = journal;
    this.#sink = sink;
    this.#buffer = buffer;
    this.#kinds = kinds;
    this.#aggregator = aggregator;
    this.#timeoutMs = options.timeoutMs;
  }

  increment(name: string, by = 1, options?: MetricOptions): void {
    const text = this.#writer.number('increment', by);
    this.#writer.write('increment', this.#kinds.counter, name, text, options);
  }

  decrement(name: string, by = 1, options?: MetricOptions): void {
    const text = this.#writer.number('decrement', by) && plainNumber(-by);
    this.#writer.write('decrement', this.#kinds.counter, name, text, options);
  }

  gauge(name: string, value: number, options?: MetricOptions): void {
    const text = this.#writer.number('gauge', value);
    this.#writer.write('gauge', this.#kinds.gauge, name, text, options, text.startsWith('-'));
  }

  gaugeDelta(name: string, by: number, options?: MetricOptions): void {
    const text = this.#writer.number('gaugeDelta', by);
    const sign = text === '' || text.startsWith('-') ? '' : '+';
    this.#writer.write('gaugeDelta', this.#kinds.gauge, name, sign + text, options);
  }

  timing(name: string, ms: number, options?: MetricOptions): void {
    const text = this.#writer.number('timing', ms);
    this.#writer.write('timing', this.#kinds.timing, name, text, options);
  }

  histogram(name: string, value: number, options?: MetricOptions): void {
    const text = this.#writer.number('histogram', value);
    this.#writer.write('histogram', this.#kinds.histogram, name, text, options);
  }

  meter(name: string, value: number, options?: MetricOptions): void {
    const text = this.#writer.number('meter', value);
    this.#writer.write('meter', this.#kinds.meter, name, text, options);
  }

  set(name: string, value: string | number, options?: MetricOptions): void {
    const text = this.#writer.text('set', value);
    this.#writer.write('set', this.#kinds.set, name, text, options);
  }

  log(name: string, type: string, value: string | number, options?: MetricOptions): void {
    const kind = this.#kinds.of(type);
    if (kind === undefined) this.#writer.refuse('log', 'type to be a string of letters', type);
    else this.#writer.write('log', kind, name, this.#writer.text('log', value), options);
  }

  flush(): Promise<void> {
    this.#aggregator?.drain();
    this.#buffer.flush();
    return this.#closed ?? within(this.#timeoutMs, this.#sink.flush(), false);
  }

  close(): Promise<void> {
    if (this.#closed !== undefined) return this.#closed;
    this.#writer.close();
    this.#aggregator?.close();
    this.#buffer.close();
    this.#closed = this.#sink.close();
    return this.#closed;
  }

  statistics(): StatsDStatistics {
    return this.#journal.statistics(this.#buffer.lineTotal);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
