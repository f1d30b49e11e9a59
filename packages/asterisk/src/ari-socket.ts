import { Observable, type SchedulerLike } from 'rxjs';
import type { AriAddress } from './ari-url.js';
import { AriConnectionError } from './errors.js';

/** What is used of a WebSocket: those of browsers, of Node and of the package `ws` all have it. */
export interface WebSocketLike {
  /** 0 to 3: connecting, open, closing, closed. */
  readonly readyState: number;
  /** Closes the connection, also while it connects. */
  close(): void;
  /** Has the listener called for each event of the type. */
  addEventListener(type: WebSocketEventType, listener: (event: WebSocketEvent) => void): void;
  /** Undoes it. */
  removeEventListener(type: WebSocketEventType, listener: (event: WebSocketEvent) => void): void;
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

/** The connection stands, or the data of a frame has come. */
export type AriSocketEvent = { readonly type: 'opened' } | { readonly type: 'frame'; readonly data: unknown };

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
      observer.next({ type: 'opened' });
    };
    const onMessage = ({ data }: WebSocketEvent) => observer.next({ type: 'frame', data });
    const onError = (event: WebSocketEvent) => (failure = event);
    const onClose = () => observer.error(explain(address, isOpen, failure));
    socket.addEventListener('open', onOpen);
    socket.addEventListener('message', onMessage);
    socket.addEventListener('error', onError);
    socket.addEventListener('close', onClose);

    return () => {
      timeout.unsubscribe();
      socket.removeEventListener('open', onOpen);
      socket.removeEventListener('message', onMessage);
      socket.removeEventListener('close', onClose);
      closeQuietly(socket, onError);
    };
  });
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

/**
 * A socket that is closed while it connects still tells an error, and with nobody listening that of `ws` would end the
 * process: the listener for errors goes when the socket has closed.
 */
function closeQuietly(socket: WebSocketLike, onError: (event: WebSocketEvent) => void): void {
  const forget = () => {
    socket.removeEventListener('error', onError);
    socket.removeEventListener('close', forget);
  };
  if (socket.readyState === CLOSED) {
    forget();
    return;
  }
  socket.addEventListener('close', forget);
  socket.close();
}
