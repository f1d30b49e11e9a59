import { InvalidArgumentError } from '@stasis-rx/core';
import type { StasisError } from '@stasis-rx/core';
import { protocolTraits } from '../transports/protocols.js';
import type { StatsDProtocol } from '../transports/protocols.js';
import { readTags } from '../metrics/tags.js';
import type { StatsDTags, Tag } from '../metrics/tags.js';
import type { StatsDTransport } from '../transports/transport.js';
import { utf8Length } from '../ground/utf8-length.js';

/** What a client can be told. Everything has a default; `undefined` is as good as left out. */
export interface StatsDClientOptions {
  /** Name or address of the server, for `udp` and `tcp`. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** From 1 to 65535, for `udp` and `tcp`. Default 8125. */
  readonly port?: number | undefined;
  /** Default `udp`. `unix` is a stream of lines; most servers with a unix socket, Datadog's agent too, want `unixgram`. */
  readonly protocol?: StatsDProtocol | undefined;
  /** Where the socket is, for `unix`, `unixgram` and `unixstream`, which need it. At most 103 bytes; on Linux 107. */
  readonly path?: string | undefined;
  /** Stands before every name, with a dot between (D2). Default none. */
  readonly prefix?: string | undefined;
  /** Tags of every metric; a metric's own come after them, and replace those of the same key. Default none. */
  readonly tags?: StatsDTags | undefined;
  /**
   * Whether the last line of a packet ends with a newline too (D2); between lines there always is one. Default false.
   * `tcp` and `unix` are streams of lines, every one of which has to end with one: there it is always so.
   */
  readonly addNewline?: boolean | undefined;
  /** Whether the server knows meters; if not, they are sent as counters named `<name>_meter` (D2). Default true. */
  readonly meterSupport?: boolean | undefined;
  /**
   * The most bytes of a packet, from 1 to 65507. Default 1432, what an Ethernet carries in one piece; for `unixgram` and
   * `unixstream` 8192, what Datadog's agent reads at once.
   */
  readonly maxPacketBytes?: number | undefined;
  /** How long a metric waits for others, at the longest, in milliseconds, from 0 to 2,147,483,647. 0: until the next turn of the event loop. Default 100. */
  readonly flushIntervalMs?: number | undefined;
  /**
   * Whether counters and meters are summed, gauges keep the last value only, and sets each value once, until the flush
   * interval is over (D4): then one line for each goes out. Timings, histograms and all other types go out line by line as
   * ever. Default false.
   */
  readonly aggregate?: boolean | undefined;
  /**
   * With `aggregate`, the most lines that wait for the flush interval: different counters, meters and gauges (by name and
   * tags), and different values of sets. One more, and all that wait go out at once. At least 1. Default 10,000.
   */
  readonly maxPendingSeries?: number | undefined;
  /**
   * The most bytes that wait for the socket while there is no connection, or a slow one, or more at once than the system
   * takes; beyond that the oldest packets are dropped, and counted. What has been handed to the system is not among them: at
   * most a packet more than 64 KiB. At least `maxPacketBytes`. Default 16 MiB.
   */
  readonly maxOutboxBytes?: number | undefined;
  /**
   * How long an attempt to connect may take, and how long `flush()` and `close()` wait for a server that does not read, in
   * milliseconds. From 1 to 2,147,483,647. Default 5000.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Takes every error: metrics refused ({@link InvalidArgumentError}), packets not sent and connections lost
   * ({@link TransportError}). Without it they are only counted. What it throws or rejects with is counted, too, and goes
   * nowhere.
   */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /**
   * Takes the packets instead of a socket; then `host`, `port`, `protocol` and `path` say nothing. Needed where there is
   * no Node, and so no sockets: in a browser.
   */
  readonly transport?: StatsDTransport | undefined;
  /** Draws the samples: a number from 0 to below 1. For tests. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** Options as the client uses them: checked, complete, its own. */
export interface ResolvedOptions {
  readonly host: string;
  readonly port: number;
  readonly protocol: StatsDProtocol;
  /** `''` unless it is needed. */
  readonly path: string;
  /** `''` for none. */
  readonly prefix: string;
  readonly tags: readonly Tag[];
  readonly addNewline: boolean;
  readonly meterSupport: boolean;
  readonly maxPacketBytes: number;
  readonly flushIntervalMs: number;
  readonly aggregate: boolean;
  readonly maxPendingSeries: number;
  readonly maxOutboxBytes: number;
  readonly timeoutMs: number;
  readonly onError: ((error: StasisError) => unknown) | undefined;
  readonly transport: StatsDTransport | undefined;
  readonly random: () => number;
}

const call = '[statsd] createStatsDClient()';
const longestTimerMs = 2 ** 31 - 1;

/** @throws InvalidArgumentError for an option that cannot work */
export function resolveOptions(options: StatsDClientOptions): ResolvedOptions {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new InvalidArgumentError(call, 'options to be an object', options, 'Leave them out for the defaults.');
  }
  const transport = transportOf(options.transport);
  const protocol = protocolOf(options.protocol, transport);
  const traits = protocolTraits[protocol];
  const maxPacketBytes = integer('maxPacketBytes', options.maxPacketBytes, traits.maxPacketBytes, 1, 65_507);
  return {
    host: string('host', options.host, '127.0.0.1'),
    port: integer('port', options.port, 8125, 1, 65_535),
    protocol,
    path: traits.hasPath ? socketPath(options.path) : '',
    prefix: options.prefix === '' ? '' : string('prefix', options.prefix, ''),
    tags: options.tags === undefined ? [] : readTags(call, options.tags),
    addNewline: flag('addNewline', options.addNewline, false) || traits.isLineStream,
    meterSupport: flag('meterSupport', options.meterSupport, true),
    maxPacketBytes,
    flushIntervalMs: integer('flushIntervalMs', options.flushIntervalMs, 100, 0, longestTimerMs),
    aggregate: flag('aggregate', options.aggregate, false),
    maxPendingSeries: integer('maxPendingSeries', options.maxPendingSeries, 10_000, 1),
    maxOutboxBytes: integer('maxOutboxBytes', options.maxOutboxBytes, 2 ** 24, maxPacketBytes),
    timeoutMs: integer('timeoutMs', options.timeoutMs, 5000, 1, longestTimerMs),
    onError: callable('onError', options.onError),
    transport,
    random: callable('random', options.random) ?? Math.random,
  };
}

/** A transport of the user's own gets packets as a datagram socket would. */
function protocolOf(value: unknown, transport: StatsDTransport | undefined): StatsDProtocol {
  const protocol = value === undefined ? 'udp' : value;
  if (!isProtocol(protocol)) {
    const expectation = "protocol to be 'udp', 'tcp', 'unix', 'unixgram' or 'unixstream'";
    throw new InvalidArgumentError(call, expectation, value, "Leave it out for 'udp'.");
  }
  return transport === undefined ? protocol : 'udp';
}

function isProtocol(value: unknown): value is StatsDProtocol {
  return typeof value === 'string' && Object.hasOwn(protocolTraits, value);
}

/** What is too long would be cut off, and be another path. */
function socketPath(value: unknown): string {
  const path = string('path', value);
  const most = process.platform === 'linux' ? 107 : 103;
  if (utf8Length(path) <= most) return path;
  throw new InvalidArgumentError(call, `path to be at most ${most} bytes`, path);
}

function transportOf(value: StatsDTransport | undefined): StatsDTransport | undefined {
  if (value === undefined && hasSockets()) return undefined;
  if (value === undefined) throw new InvalidArgumentError(call, 'a transport, as there are no sockets here', value);
  const candidate = value as Partial<Record<keyof StatsDTransport, unknown>> | null;
  if (typeof candidate?.send === 'function' && typeof candidate.close === 'function') return value;
  throw new InvalidArgumentError(call, 'transport to have the methods send and close', value);
}

/** Elsewhere than in Node, packets need a transport of the user's own. */
function hasSockets(): boolean {
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
  return process?.getBuiltinModule !== undefined;
}

function string(name: string, value: unknown, ifLeftOut?: string): string {
  if (value === undefined && ifLeftOut !== undefined) return ifLeftOut;
  if (typeof value === 'string' && value !== '') return value;
  const hint = ifLeftOut ? `Leave it out for ${ifLeftOut}.` : '';
  throw new InvalidArgumentError(call, `${name} to be a string that is not empty`, value, hint);
}

function integer(
  name: string,
  value: unknown,
  ifLeftOut: number,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (value === undefined) return ifLeftOut;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InvalidArgumentError(call, `${name} to be an integer ${range}`, value, `Leave it out for ${ifLeftOut}.`);
}

function flag(name: string, value: unknown, ifLeftOut: boolean): boolean {
  if (value === undefined) return ifLeftOut;
  if (typeof value === 'boolean') return value;
  throw new InvalidArgumentError(call, `${name} to be a boolean`, value, `Leave it out for ${String(ifLeftOut)}.`);
}

function callable<F extends (...args: never[]) => unknown>(name: string, value: F | undefined): F | undefined {
  if (value === undefined || typeof value === 'function') return value;
  throw new InvalidArgumentError(call, `${name} to be a function`, value);
}
