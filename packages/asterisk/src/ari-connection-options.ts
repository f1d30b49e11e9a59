import { InvalidArgumentError, type StasisError } from '@stasis-rx/core';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { AriSocketOptions, WebSocketClass } from './ari-socket.js';
import { ariAddress, type AriAddress } from './ari-url.js';
import type { Backoff } from './backoff.js';
import { LONGEST_TIMER_MS } from './longest-timer.js';

/** Which Asterisk to connect to, and how. Read once. */
export interface AriConnectionOptions {
  /** Where Asterisk's HTTP server is, such as `http://localhost:8088`; `https:`, `ws:` and `wss:` work too. */
  readonly url: string;
  /** Name of the Stasis application to subscribe as. An application has one connection at a time: the last one wins. */
  readonly app: string;
  /** `user:password`, as in Asterisk's `ari.conf`. */
  readonly apiKey: string;
  /** Closes the connection when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** The WebSocket class. Default: the platform's own; Node has one from version 22 on, in Node 20 give that of the package `ws`. */
  readonly WebSocket?: WebSocketClass | undefined;
  /** Takes the errors of single events (the connection goes on), and the one that ends the connection. Default: nobody. */
  readonly onError?: ((error: StasisError) => unknown) | undefined;
  /** How long a connection may take to stand, in milliseconds. From 1 to 2,147,483,647. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
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
  readonly signal: AbortSignal | undefined;
  readonly onError: AriConnectionOptions['onError'];
  readonly backoff: Backoff;
  readonly random: () => number;
}

/** @throws InvalidArgumentError when an option cannot work; it never shows the API key */
export function ariConnectionSettings(call: string, options: AriConnectionOptions): AriConnectionSettings {
  const { url, app, apiKey, signal, onError, random = Math.random, scheduler = asyncScheduler } = options;
  if (typeof app !== 'string' || app === '') {
    throw new InvalidArgumentError(call, 'app to be the name of a Stasis application', app);
  }
  assertApiKey(call, apiKey);
  return {
    address: ariAddress(call, url, app, apiKey),
    signal,
    onError,
    WebSocket: webSocketClass(call, options.WebSocket),
    connectTimeoutMs: milliseconds(call, 'connectTimeoutMs', options.connectTimeoutMs, 10_000),
    backoff: {
      baseMs: milliseconds(call, 'backoffBaseMs', options.backoffBaseMs, 500),
      maxMs: milliseconds(call, 'backoffMaxMs', options.backoffMaxMs, 30_000),
    },
    random,
    scheduler,
  };
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

function milliseconds(call: string, name: string, value: number | undefined, byDefault: number): number {
  const ms = value ?? byDefault;
  if (ms >= 1 && ms <= LONGEST_TIMER_MS) return ms;
  const expectation = `${name} to be from 1 to ${LONGEST_TIMER_MS} (milliseconds)`;
  throw new InvalidArgumentError(call, expectation, value, `Leave it out for ${byDefault}.`);
}
