import type { WebSocket } from 'ws';
import type { Carrier, CarrierListener } from '../session/carrier.js';

/** The server goes on to something else. */
const GOING_AWAY = 1001;

/** How long the other side may take to say goodbye, in milliseconds. */
const GOODBYE_MS = 50;

/** Carries texts over a WebSocket. */
export class SocketCarrier implements Carrier {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): void {
    // With a callback, so that a socket that is closing tells it there and not by an event.
    this.#socket.send(text, () => undefined);
  }

  close(reason: string): void {
    const socket = this.#socket;
    if (socket.readyState === socket.CLOSED) return;
    socket.close(GOING_AWAY, reason);
    const timer = setTimeout(() => socket.terminate(), GOODBYE_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  listen(listener: CarrierListener): void {
    const socket = this.#socket;
    socket.on('message', (data: unknown, isBinary: boolean) => listener.received(isBinary ? undefined : String(data)));
    socket.on('close', () => listener.closed());
    socket.on('error', () => socket.terminate());
  }
}
