import { InvalidArgumentError } from '@stasis-rx/core';

/** Where an Asterisk's events come from: the address with the login, and the one that may be shown. */
export interface AriAddress {
  /** Holds the API key: never to be shown. */
  readonly url: string;
  /** Without query and login. */
  readonly shown: string;
  /** Of everything that ARI answers over HTTP: `http://localhost:8088/ari`. */
  readonly rest: string;
}

const WEBSOCKET_PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['http:', 'ws:'],
  ['https:', 'wss:'],
  ['ws:', 'ws:'],
  ['wss:', 'wss:'],
]);

/**
 * Makes the address of ARI's events.
 * @param url `http:`, `https:`, `ws:` or `wss:`; a path is kept, and `/ari/events` put behind it where it is missing
 * @throws InvalidArgumentError when the URL cannot work; it never shows a login
 */
export function ariAddress(call: string, url: string, app: string, apiKey: string): AriAddress {
  const address = parse(call, url);
  const path = address.pathname.replace(/\/+$/, '');
  address.pathname = path.replace(/(\/ari(\/events)?)?$/, '/ari/events');
  address.hash = address.search = '';
  const shown = address.href;
  const rest = shown.replace(/^ws/, 'http').replace(/\/events$/, '');

  address.search = new URLSearchParams({ app, api_key: apiKey, subscribeAll: 'true' }).toString();
  return { url: address.href, shown, rest };
}

function parse(call: string, url: string): URL {
  const expectation = 'url to be like "http://localhost:8088"';
  // What might hold a login is not shown.
  const shown = typeof url === 'string' && url.includes('@') ? '***' : url;
  if (typeof url !== 'string' || !URL.canParse(url)) throw new InvalidArgumentError(call, expectation, shown);
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') {
    throw new InvalidArgumentError(call, 'url to be without a login', shown, 'Give the login as apiKey.');
  }
  const protocol = WEBSOCKET_PROTOCOLS.get(parsed.protocol);
  if (protocol === undefined) throw new InvalidArgumentError(call, expectation, shown);
  return new URL(protocol + parsed.href.slice(parsed.protocol.length));
}
