import { StasisError } from '@stasis-rx/core';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Guard, isLoopback } from './guard.js';
import { InspectorServer } from './inspector-server.js';
import { addressOf, type Address, type ListenOptions } from './serve-options.js';

/** What listens, and where to reach it. */
export interface Listening {
  readonly server: InspectorServer;
  readonly url: string;
}

/**
 * Listens, and warns when others can get there.
 * @throws StasisError with code `CANNOT_LISTEN`
 */
export async function listen(call: string, options: ListenOptions, html: string): Promise<Listening> {
  const address = addressOf(options);
  const server = new InspectorServer(new Guard(address.token, address.host), html, options.maxClients ?? 8);
  await begin(call, server, address);
  warn(call, address, options);
  return { server, url: urlOf(server, address) };
}

async function begin(call: string, { http }: InspectorServer, { host, port }: Address): Promise<void> {
  try {
    http.listen({ host, port });
    await once(http, 'listening');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const text = `[inspector] ${call}(): cannot listen on ${host}, port ${port}: ${code}.`;
    throw new StasisError('CANNOT_LISTEN', text, { cause });
  }
  http.unref();
}

/** Addresses that stand for all others lead nowhere themselves. */
const REACHABLE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

function urlOf({ http }: InspectorServer, { host, token }: Address): string {
  const { port } = http.address() as AddressInfo;
  const name = REACHABLE.get(host) ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/?token=${encodeURIComponent(token)}`;
}

function warn(call: string, { host }: Address, { onWarning }: ListenOptions): void {
  if (isLoopback(host)) return;
  const risk = 'where other machines may get to it. Whoever has the token sees every message.';
  const text = `[inspector] ${call}(): listens on ${host}, ${risk}`;
  if (onWarning === undefined) process.emitWarning(text, { code: 'STASIS_INSPECTOR_HOST' });
  else onWarning(text);
}
