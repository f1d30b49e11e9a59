import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What a real Asterisk does at `/ari/events`, as far as connections go: on loopback, at a free port. */
export class AriServer {
  /** The path and query of every attempt to connect. */
  readonly requests: string[] = [];
  /** Answers attempts with this HTTP status instead of accepting them. */
  refuseWith: number | undefined;
  /** Lets attempts wait for ever. */
  isSilent = false;
  url = '';
  readonly #http: Server = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #streams = new Set<Socket>();

  static async start(): Promise<AriServer> {
    const server = new AriServer();
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    server.url = `http://127.0.0.1:${(server.#http.address() as AddressInfo).port}`;
    return server;
  }

  private constructor() {
    this.#http.on('upgrade', (request, stream: Socket, head) => {
      this.requests.push(request.url ?? '');
      this.#streams.add(stream);
      stream.on('error', () => undefined);
      if (this.isSilent) return;
      if (this.refuseWith !== undefined) stream.end(`HTTP/1.1 ${this.refuseWith} Refused\r\nConnection: close\r\n\r\n`);
      else this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#sockets.emit('connection', socket));
    });
  }

  /** The connections that stand. */
  get clients(): WebSocket[] {
    return [...this.#sockets.clients];
  }

  /** Sends an event, or any other text, on every connection. */
  send(event: object | string | Uint8Array): void {
    const data = typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event);
    for (const client of this.clients) client.send(data);
  }

  /** Drops every connection without a word. */
  drop(): void {
    for (const client of this.clients) client.terminate();
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    this.#http.close();
    await once(this.#http, 'close');
  }
}
