import { InvalidArgumentError, type StasisError } from '@stasis-rx/core';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { createAriRest, type AriRest, type Fetch } from '../ari/ari-rest.js';
import type { AriSocketOptions, WebSocketClass } from '../ari/ari-socket.js';
import { ariAddress, type AriAddress } from '../ari/ari-url.js';
import type { Backoff } from '../ground/backoff.js';
import { LONGEST_TIMER_MS } from '../ground/longest-timer.js';

/** Which Asterisk to connect to, and how. Read once. */
export interface AriConnectionOptions {
  /** Where Asterisk's HTTP server is, such as `http://localhost:8088`; `https:`, `ws:` and `wss:` work too. */
  readonly url: string;
  /**
   * Name of the Stasis application to subscribe as; without a comma, which would make two of it. An application has one
   * connection at a time: the last one wins.
   */
  readonly app: string;
  /** `user:password`, as in Asterisk's `ari.conf`. */
  readonly apiKey: string;
  /** Closes the connection when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** The WebSocket class. Default: the platform's own; Node has one from version 22 on, in Node 20 give that of the package `ws`. */
  readonly WebSocket?: WebSocketClass | undefined;
  /** What lists over HTTP what Asterisk has (A3). Default: the platform's own. */
  readonly fetch?: Fetch | undefined;
  /**
   * Takes the errors of single events and warnings about the connection (it goes on after either), and the error that ends
   * the connection. Default: nobody.
   */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /** How long a connection may take to stand, in milliseconds. From 1 to 2,147,483,647. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long each request of a listing may take, in milliseconds. From 1 to 2,147,483,647. Default: 10,000. */
  readonly listTimeoutMs?: number | undefined;
  /**
   * How often Asterisk is asked for a sign of life (A4), in milliseconds. From 1 to 2,147,483,647; 0: never. Default: 10,000.
   */
  readonly pingIntervalMs?: number | undefined;
  /** How long Asterisk may take to give one before it counts as lost, in milliseconds. From 1 to 2,147,483,647. Default: 5,000. */
  readonly pingTimeoutMs?: number | undefined;
  /**
   * How many events may wait for handlers and listings (A5), at least 1. At this bound the connection is paused, where its
   * class can be; else events are dropped, and made up for by a reconciliation. Default: 10,000.
   */
  readonly maxWaitingEvents?: number | undefined;
  /**
   * How long a connection has to stand before the waits begin anew with the first, in milliseconds. From 1 to 2,147,483,647.
   * Default: 10,000.
   */
  readonly stableAfterMs?: number | undefined;
  /** Upper bound of the first wait before connecting again, in milliseconds; doubled each time. From 1 to 2,147,483,647. Default: 500. */
  readonly backoffBaseMs?: number | undefined;
  /** Upper bound of every wait before connecting again, in milliseconds. From 1 to 2,147,483,647. Default: 30,000. */
  readonly backoffMaxMs?: number | undefined;
  /** Chooses the wait between nothing and its bound: at least 0 and below 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Clock and timers. Default: RxJS's `asyncScheduler`. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** The options, validated and with their defaults. */
export interface AriConnectionSettings extends AriSocketOptions {
  readonly address: AriAddress;
  readonly app: string;
  readonly rest: AriRest;
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  readonly maxWaitingEvents: number;
  readonly stableAfterMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onError: AriConnectionOptions['onError'];
  readonly backoff: Backoff;
  readonly random: () => number;
}

/** @throws InvalidArgumentError when an option cannot work; it never shows the API key */
export function ariConnectionSettings(call: string, options: AriConnectionOptions): AriConnectionSettings {
  const { url, app, apiKey, signal, onError, random = Math.random, scheduler = asyncScheduler } = options;
  assertApp(call, app);
  assertApiKey(call, apiKey);
  const address = ariAddress(call, url, app, apiKey);
  const listTimeoutMs = milliseconds(call, 'listTimeoutMs', options.listTimeoutMs, 10_000);
  return {
    address,
    app,
    rest: createAriRest({ address, apiKey, fetch: fetchFunction(call, options.fetch), listTimeoutMs, scheduler }),
    signal,
    onError,
    WebSocket: webSocketClass(call, options.WebSocket),
    connectTimeoutMs: milliseconds(call, 'connectTimeoutMs', options.connectTimeoutMs, 10_000),
    pingIntervalMs:
      options.pingIntervalMs === 0 ? 0 : milliseconds(call, 'pingIntervalMs', options.pingIntervalMs, 10_000),
    pingTimeoutMs: milliseconds(call, 'pingTimeoutMs', options.pingTimeoutMs, 5000),
    maxWaitingEvents: bound(call, 'maxWaitingEvents', options.maxWaitingEvents, 10_000),
    stableAfterMs: milliseconds(call, 'stableAfterMs', options.stableAfterMs, 10_000),
    backoff: {
      baseMs: milliseconds(call, 'backoffBaseMs', options.backoffBaseMs, 500),
      maxMs: milliseconds(call, 'backoffMaxMs', options.backoffMaxMs, 30_000),
    },
    random,
    scheduler,
  };
}

function assertApp(call: string, app: unknown): void {
  if (typeof app !== 'string' || app === '') {
    throw new InvalidArgumentError(call, 'app to be the name of a Stasis application', app);
  }
  if (!app.includes(',')) return;
  const why = 'Asterisk would take it for several, and send every event several times.';
  throw new InvalidArgumentError(call, 'app to be the name of one Stasis application, without a comma', app, why);
}

function assertApiKey(call: string, apiKey: unknown): void {
  const expectation = 'apiKey to be "user:password"';
  if (typeof apiKey !== 'string') throw new InvalidArgumentError(call, expectation, apiKey);
  // A secret is not shown, also when it is mistyped.
  if (!/^[^:]+:./.test(apiKey)) throw new InvalidArgumentError(call, expectation, '***');
}

function webSocketClass(call: string, given: WebSocketClass | undefined): WebSocketClass {
  const found = given ?? (globalThis as { WebSocket?: WebSocketClass }).WebSocket;
  if (typeof found === 'function') return found;
  throw new InvalidArgumentError(
    call,
    'WebSocket to be a class',
    found,
    'This platform has none of its own: give that of the package "ws".',
  );
}

function fetchFunction(call: string, given: Fetch | undefined): Fetch {
  const found = given ?? (globalThis as { fetch?: Fetch }).fetch;
  if (typeof found === 'function') return found;
  throw new InvalidArgumentError(call, 'fetch to be a function', found, 'This platform has none of its own.');
}

function bound(call: string, name: string, value: number | undefined, byDefault: number): number {
  const count = value ?? byDefault;
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError(
    call,
    `${name} to be an integer of at least 1`,
    value,
    `Leave it out for ${byDefault}.`,
  );
}

function milliseconds(call: string, name: string, value: number | undefined, byDefault: number): number {
  const ms = value ?? byDefault;
  if (ms >= 1 && ms <= LONGEST_TIMER_MS) return ms;
  const expectation = `${name} to be from 1 to ${LONGEST_TIMER_MS} (milliseconds)`;
  throw new InvalidArgumentError(call, expectation, value, `Leave it out for ${byDefault}.`);
}
