import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { AriWorld } from './ari-world.js';

/** A scripted Asterisk: what a real one does at `/ari`, over HTTP and WebSocket, on loopback at a free port. */
export class AriServer {
  /** What it has, and lists. */
  readonly world = new AriWorld();
  /** The path and query of every attempt to connect. */
  readonly requests: string[] = [];
  /** The path and query of every request over HTTP, and its `Authorization`. */
  readonly listings: { readonly path: string; readonly authorization: string | undefined }[] = [];
  /** Answers attempts with this HTTP status instead of accepting them. */
  refuseWith: number | undefined;
  /** Lets attempts wait for ever. */
  isSilent = false;
  /** Takes the place of an answer over HTTP: a status, or another body. */
  instead: ((path: string) => number | object | undefined) | undefined;
  /** Waited for before each answer over HTTP, once what is answered has been looked up. */
  beforeAnswer: ((path: string) => Promise<void> | undefined) | undefined;
  url = '';
  readonly #http: Server = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #streams = new Set<Socket>();
  #isFrozen = false;

  static async start(): Promise<AriServer> {
    const server = new AriServer();
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    server.url = `http://127.0.0.1:${(server.#http.address() as AddressInfo).port}`;
    return server;
  }

  private constructor() {
    this.#http.on('connection', (stream: Socket) => this.#streams.add(stream));
    this.#http.on('request', (request, response) => void this.#answer(request, response));
    this.#http.on('upgrade', (request, stream: Socket, head) => {
      this.requests.push(request.url ?? '');
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

  /** Something happens: the world is as the event says, and the event is sent. */
  happen(...events: readonly object[]): void {
    for (const event of events) {
      this.world.apply(event);
      this.send(event);
    }
  }

  /** Does something that sends much, in as few packets as that fits into. */
  inOneGo(send: () => void): void {
    for (const stream of this.#streams) stream.cork();
    send();
    for (const stream of this.#streams) stream.uncork();
  }

  /** Drops every connection without a word. */
  drop(): void {
    for (const client of this.clients) client.terminate();
  }

  /** Keeps its connections and does nothing any more, as a process that is stopped, or behind a network that is cut. */
  freeze(): void {
    this.#isFrozen = true;
    for (const client of this.clients) client.pause();
  }

  /** Goes on. */
  thaw(): void {
    this.#isFrozen = false;
    for (const client of this.clients) client.resume();
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    this.#http.close();
    await once(this.#http, 'close');
  }

  async #answer({ method, url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    // As an Asterisk whose ari.conf allows the origin of the page.
    response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', 'authorization');
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    this.listings.push({ path: url, authorization: headers.authorization });
    if (this.#isFrozen) return;
    const path = url.replace(/^\/ari/, '').replace(/\?.*$/, '');
    const answer = this.instead?.(path) ?? this.world.answer(path) ?? 404;
    const body = typeof answer === 'number' ? '{}' : JSON.stringify(answer);
    await this.beforeAnswer?.(path);
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'Content-Type': 'application/json' }).end(body);
  }
}
