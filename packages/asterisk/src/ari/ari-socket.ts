import { Observable, type SchedulerLike } from 'rxjs';
import type { AriAddress } from './ari-url.js';
import { AriConnectionError } from '../ground/errors.js';

/**
 * What is used of a WebSocket: those of browsers, of Node and of the package `ws` all have it. The methods that may be
 * missing are those of `ws`, and used where they are.
 */
export interface WebSocketLike {
  /** 0 to 3: connecting, open, closing, closed. */
  readonly readyState: number;
  /** Closes the connection, also while it connects. */
  close(): void;
  /** Has the listener called for each event of the type. */
  addEventListener(type: WebSocketEventType, listener: (event: WebSocketEvent) => void): void;
  /** Undoes it. */
  removeEventListener(type: WebSocketEventType, listener: (event: WebSocketEvent) => void): void;
  /** Sends a ping; a pong comes back. */
  ping?(): void;
  /** Has the listener called for each pong. */
  on?(type: 'pong', listener: () => void): unknown;
  /** Undoes it. */
  off?(type: 'pong', listener: () => void): unknown;
  /** Stops reading, so that nothing is buffered here. */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
  /** Ends the connection without a word to the other side. */
  terminate?(): void;
}

/** The events of a WebSocket. */
export type WebSocketEventType = 'open' | 'message' | 'error' | 'close';

/** What is used of a WebSocket's events; which of the fields there are depends on the event and the implementation. */
export interface WebSocketEvent {
  /** Which event it is. */
  readonly type: string;
  /** Of `message`: what came. */
  readonly data?: unknown;
  /** Of `error`, where the implementation tells: what went wrong, in words. */
  readonly message?: string;
  /** Of `error`, where the implementation tells: what went wrong. */
  readonly error?: unknown;
}

/** Makes a WebSocket, which connects at once. */
export type WebSocketClass = new (url: string) => WebSocketLike;

/** A connection that stands. */
export interface AriLink {
  /** How many signs of life have come. */
  readonly signs: number;
  /** When the last one came, by the scheduler's clock. */
  readonly lastHeardAt: number;
  /** Notes a sign of life that came another way. */
  hear(): void;
  /** Sends a ping; `undefined` where the class has none. */
  readonly ping: (() => void) | undefined;
  /** Whether the class can stop reading. */
  readonly canPause: boolean;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
}

/** The connection stands, or the data of a frame has come. */
export type AriSocketEvent =
  { readonly type: 'opened'; readonly link: AriLink } | { readonly type: 'frame'; readonly data: unknown };

export interface AriSocketOptions {
  readonly WebSocket: WebSocketClass;
  /** For the connection to stand, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/**
 * One connection to Asterisk: made when subscribed to, closed when unsubscribed from. It never completes; it fails with
 * an {@link AriConnectionError} when it is refused, lost, or does not stand in time.
 */
export function ariSocket(
  address: AriAddress,
  { WebSocket, connectTimeoutMs, scheduler }: AriSocketOptions,
): Observable<AriSocketEvent> {
  return new Observable((observer) => {
    const socket = open(WebSocket, address);
    const link = new SocketLink(socket, scheduler);
    const timeout = scheduler.schedule(() => {
      observer.error(
        new AriConnectionError('ARI_TIMEOUT', `no answer from ${address.shown} within ${connectTimeoutMs} ms.`),
      );
    }, connectTimeoutMs);
    let isOpen = false;
    let failure: WebSocketEvent | undefined;

    const onOpen = () => {
      isOpen = true;
      timeout.unsubscribe();
      link.hear();
      observer.next({ type: 'opened', link });
    };
    const onMessage = ({ data }: WebSocketEvent) => {
      link.hear();
      observer.next({ type: 'frame', data });
    };
    const onPong = () => link.hear();
    const onError = (event: WebSocketEvent) => (failure = event);
    const onClose = () => observer.error(explain(address, isOpen, failure));
    socket.addEventListener('open', onOpen);
    socket.addEventListener('message', onMessage);
    socket.addEventListener('error', onError);
    socket.addEventListener('close', onClose);
    socket.on?.('pong', onPong);

    return () => {
      timeout.unsubscribe();
      socket.removeEventListener('open', onOpen);
      socket.removeEventListener('message', onMessage);
      socket.removeEventListener('close', onClose);
      socket.off?.('pong', onPong);
      closeQuietly(socket, onError, scheduler);
    };
  });
}

class SocketLink implements AriLink {
  readonly #socket: WebSocketLike;
  readonly #scheduler: SchedulerLike;
  signs = 0;
  lastHeardAt = 0;
  isPaused = false;

  constructor(socket: WebSocketLike, scheduler: SchedulerLike) {
    this.#socket = socket;
    this.#scheduler = scheduler;
  }

  get ping(): (() => void) | undefined {
    const socket = this.#socket;
    return socket.ping === undefined || socket.on === undefined ? undefined : () => socket.ping?.();
  }

  get canPause(): boolean {
    return this.#socket.pause !== undefined && this.#socket.resume !== undefined;
  }

  hear(): void {
    this.signs++;
    this.lastHeardAt = this.#scheduler.now();
  }

  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.#socket.pause?.();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    // What waited at the other side comes only now.
    this.hear();
    this.#socket.resume?.();
  }
}

function open(WebSocket: WebSocketClass, address: AriAddress): WebSocketLike {
  try {
    return new WebSocket(address.url);
  } catch {
    // What was thrown is not handed on: its text may hold the whole URL, and with it the API key.
    throw new AriConnectionError('ARI_UNREACHABLE', `the WebSocket class refuses ${address.shown}.`);
  }
}

/** Takes nothing over from the error's text: it may hold the whole URL, and with it the API key. */
function explain({ shown }: AriAddress, isOpen: boolean, failure: WebSocketEvent | undefined): AriConnectionError {
  const status = /Unexpected server response: (\d{3})/.exec(failure?.message ?? '')?.[1];
  if (status === '401' || status === '403') {
    return new AriConnectionError(
      'ARI_LOGIN_REFUSED',
      `${shown} refuses the login (HTTP ${status}). Check the API key against ari.conf.`,
    );
  }
  const code = (failure?.error as { readonly code?: string } | undefined)?.code;
  const detail = status === undefined ? code : `HTTP ${status}`;
  const reason = detail === undefined ? '' : ` (${detail})`;
  return isOpen
    ? new AriConnectionError('ARI_CONNECTION_LOST', `lost the connection to ${shown}${reason}.`)
    : new AriConnectionError('ARI_UNREACHABLE', `cannot reach ${shown}${reason}.`);
}

const CLOSED = 3;

/** How long the other side may take to agree to the end, in milliseconds. */
const GOODBYE_MS = 500;

/**
 * A socket that is closed while it connects still tells an error, and with nobody listening that of `ws` would end the
 * process: the listener for errors goes when the socket has closed. Where the other side does not answer, the connection is
 * ended without it: the process is not to wait for one that is frozen.
 */
function closeQuietly(socket: WebSocketLike, onError: (event: WebSocketEvent) => void, scheduler: SchedulerLike): void {
  if (socket.readyState === CLOSED) {
    socket.removeEventListener('error', onError);
    return;
  }
  const patience = scheduler.schedule(() => socket.terminate?.(), GOODBYE_MS);
  const forget = () => {
    patience.unsubscribe();
    socket.removeEventListener('error', onError);
    socket.removeEventListener('close', forget);
  };
  socket.addEventListener('close', forget);
  // One that is not read does not learn of its end.
  socket.resume?.();
  socket.close();
}
