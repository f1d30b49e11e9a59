import { InvalidArgumentError } from '@stasis-rx/core';
import type { StatsDClientOptions } from './options.js';
import type { StatsDProtocol } from '../transports/protocols.js';

/** What {@link dogStatsDOptions} found. What it did not find is left out, but for the tags, which may be none. */
export interface DogStatsDOptions extends Pick<StatsDClientOptions, 'protocol' | 'host' | 'port' | 'path'> {
  /** Tags by key. */
  readonly tags: Readonly<Record<string, string>>;
}

const tagsByVariable = {
  DD_ENTITY_ID: 'dd.internal.entity_id',
  DD_ENV: 'env',
  DD_SERVICE: 'service',
  DD_VERSION: 'version',
} as const;

const protocolsByScheme: Readonly<Record<string, StatsDProtocol>> = {
  unix: 'unixgram',
  unixgram: 'unixgram',
  unixstream: 'unixstream',
};

/**
 * Reads the environment variables that tell Datadog's clients where the agent is and what to tag metrics with, and gives
 * them as options of a client, to be spread with others. Nothing else in this package reads them. An empty variable is as
 * good as none.
 *
 * - `DD_DOGSTATSD_URL`: `udp://host:port`, by default port 8125; `unixgram:///path` or `unix:///path`, datagrams;
 *   `unixstream:///path`. With it, `DD_AGENT_HOST` and `DD_DOGSTATSD_PORT` are not read.
 * - `DD_AGENT_HOST`, `DD_DOGSTATSD_PORT`: over UDP, from 1 to 65535.
 * - `DD_ENTITY_ID`, `DD_ENV`, `DD_SERVICE`, `DD_VERSION`: the tags `dd.internal.entity_id`, `env`, `service` and `version`.
 *
 * @param env the variables. Default `process.env`, as it is at this call
 * @returns new options, with no more than was found, and always `tags`
 * @throws InvalidArgumentError for a variable that cannot be used, such as a port that is none or a named pipe of Windows
 * @example
 * ```ts
 * import { createStatsDClient, dogStatsDOptions } from '@stasis-rx/statsd';
 *
 * const datadog = dogStatsDOptions();
 * const statsd = createStatsDClient({ ...datadog, prefix: 'pbx', tags: { ...datadog.tags, site: 'north' } });
 * ```
 */
export function dogStatsDOptions(env: Readonly<Record<string, string | undefined>> = process.env): DogStatsDOptions {
  if (typeof env !== 'object' || (env as unknown) === null) {
    throw new InvalidArgumentError(call, 'env to be an object', env, 'Leave it out for process.env.');
  }
  const url = read(env, 'DD_DOGSTATSD_URL');
  return { ...(url === undefined ? agentOf(env) : addressIn(url)), tags: tagsOf(env) };
}

const call = '[statsd] dogStatsDOptions()';

type Environment = Readonly<Record<string, string | undefined>>;
type Address = Pick<StatsDClientOptions, 'protocol' | 'host' | 'port' | 'path'>;

function agentOf(env: Environment): Address {
  const host = read(env, 'DD_AGENT_HOST');
  const port = read(env, 'DD_DOGSTATSD_PORT');
  if (host?.includes('/') === true) {
    throw new InvalidArgumentError(call, 'DD_AGENT_HOST to be a host', host, 'Set DD_DOGSTATSD_URL for a socket.');
  }
  return {
    ...(host === undefined ? undefined : { host }),
    ...(port === undefined ? undefined : { port: readPort('DD_DOGSTATSD_PORT', port, port) }),
  };
}

function addressIn(url: string): Address {
  const [, scheme = '', path = ''] = /^(unix|unixgram|unixstream):\/\/(\/.+)$/is.exec(url) ?? [];
  const protocol = protocolsByScheme[scheme.toLowerCase()];
  if (protocol !== undefined) return { protocol, path };
  const udp = /^udp:\/\/(?:\[([^\]]+)\]|([^/:?#@[\]]+))(?::(.*?))?\/?$/i.exec(url);
  if (udp === null) throw unusable(url);
  const [, address, host = address, port] = udp;
  return {
    protocol: 'udp',
    ...(host === undefined ? undefined : { host }),
    ...(port === undefined ? undefined : { port: readPort('the port of DD_DOGSTATSD_URL', port, url) }),
  };
}

function unusable(url: string): InvalidArgumentError {
  const expectation = 'DD_DOGSTATSD_URL to be udp://host:port, unix:///path, unixgram:///path or unixstream:///path';
  const hint = url.startsWith('\\\\') ? 'Named pipes are not supported.' : '';
  return new InvalidArgumentError(call, expectation, url, hint);
}

function readPort(name: string, text: string, got: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError(call, `${name} to be from 1 to 65535`, got);
}

function tagsOf(env: Environment): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [variable, tag] of Object.entries(tagsByVariable)) {
    const value = read(env, variable);
    if (value !== undefined) tags[tag] = value;
  }
  return tags;
}

function read(env: Environment, name: string): string | undefined {
  const value: unknown = env[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new InvalidArgumentError(call, `${name} to be a string`, value);
}
