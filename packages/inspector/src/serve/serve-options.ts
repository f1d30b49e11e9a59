import { randomBytes } from 'node:crypto';
import { assert, assertBus, assertOption } from '../ground/assert.js';
import type { Bus } from '@stasis-rx/core';
import type { Clock } from '../ground/clock.js';
import type { InspectorLimits } from '../ground/limits.js';
import type { Redact } from '../recording/redactor.js';

/** Where and how a page is served. */
export interface ListenOptions {
  /**
   * Where to listen: an address of this machine, or a name of it. Other machines get to any other than the default, and
   * with the token they see and may do everything: that is warned of. Default: `127.0.0.1`.
   */
  readonly host?: string | undefined;
  /** The port; 0 for one that is free. Default: 0. */
  readonly port?: number | undefined;
  /** What those who come in have to know: at least 16 characters. Default: 192 random bits. */
  readonly token?: string | undefined;
  /** How many clients at a time. Default: 8. */
  readonly maxClients?: number | undefined;
  /** Takes what is warned of. Default: `process.emitWarning`. */
  readonly onWarning?: ((text: string) => unknown) | undefined;
}

/** How an inspector is served. */
export interface ServeInspectorOptions extends ListenOptions {
  /** What of a message may leave the process. Default: all of its data. */
  readonly redact?: Redact | undefined;
  /** How much is kept, shown and sent. */
  readonly limits?: InspectorLimits | undefined;
  /** Whether a client may pause, step and resume subscriptions, and hold and release the bus. Default: `true`. */
  readonly control?: boolean | undefined;
  /** Whether it is recorded while nobody looks, so that who comes sees what was before. Default: `true`. */
  readonly recordAlways?: boolean | undefined;
  /** Clock and timers. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** Where and how it listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly token: string;
}

const MAX_PORT = 65_535;
const MIN_TOKEN_LENGTH = 16;

/** @throws InvalidArgumentError when one cannot work */
export function assertServeOptions(bus: Bus, options: ServeInspectorOptions): void {
  const call = '[inspector] serveInspector()';
  assertBus(call, bus);
  assertListenOptions(call, options);
  assertOption(call, 'redact', options.redact, 'function');
  assertOption(call, 'control', options.control, 'boolean');
  assertOption(call, 'recordAlways', options.recordAlways, 'boolean');
}

/** @throws InvalidArgumentError when one cannot work */
export function assertListenOptions(call: string, options: ListenOptions): void {
  const { port = 0, token, maxClients = 1, host = 'localhost' } = options;
  assert(typeof host === 'string' && host !== '', call, 'host to be a string that is not empty', host);
  const isPort = Number.isInteger(port) && port >= 0 && port <= MAX_PORT;
  assert(isPort, call, `port to be an integer from 0 to ${MAX_PORT}`, port, 'Leave it out for one that is free.');
  const isToken = token === undefined || (typeof token === 'string' && token.length >= MIN_TOKEN_LENGTH);
  // A token that is refused may nearly be one: only its type is told.
  const hint = 'Leave it out for a random one.';
  assert(isToken, call, `token to be a string of at least ${MIN_TOKEN_LENGTH} characters`, typeof token, hint);
  const isCount = Number.isInteger(maxClients) && maxClients >= 1;
  assert(isCount, call, 'maxClients to be an integer of at least 1', maxClients);
  assertOption(call, 'onWarning', options.onWarning, 'function');
}

/** With a token, which is made where none was given. */
export function addressOf({ host = '127.0.0.1', port = 0, token = newToken() }: ListenOptions): Address {
  return { host, port, token };
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}
