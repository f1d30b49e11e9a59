import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Carrier } from '../session/carrier.js';
import { MAX_REQUEST_LENGTH } from '../session/requests.js';
import type { Session } from '../session/session.js';
import type { Guard } from './guard.js';
import { pageHeaders, PLAIN_HEADERS } from './page-headers.js';
import { SocketCarrier } from './socket-carrier.js';

/** Opens a session for who has come. */
export type OpenSession = (carrier: Carrier, whenClosed: () => void) => Session;

/** Connections at a time: clients, and browsers that fetch the page. */
const SPARE_CONNECTIONS = 32;

/** For a request to be there in full, in milliseconds. */
const REQUEST_TIMEOUT_MS = 5_000;

const STATUS: Readonly<Record<number, string>> = {
  403: 'Forbidden: the token is missing or wrong, or this is not the page to come from.',
  404: 'Not found.',
  405: 'Only GET.',
  503: 'Too many clients.',
};

/** Serves the page and the sessions to those whom the guard lets in. Nothing of it keeps a process alive. */
export class InspectorServer {
  readonly http: Server;
  readonly #guard: Guard;
  readonly #html: string;
  readonly #maxClients: number;
  readonly #sockets = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: MAX_REQUEST_LENGTH });
  readonly #sessions = new Set<Session>();
  #open: OpenSession | undefined;

  constructor(guard: Guard, html: string, maxClients: number) {
    this.#guard = guard;
    this.#html = html;
    this.#maxClients = maxClients;
    const timeouts = { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS };
    this.http = createServer({ ...timeouts, connectionsCheckingInterval: REQUEST_TIMEOUT_MS });
    this.http.maxConnections = maxClients + SPARE_CONNECTIONS;
    this.http.on('connection', (socket: Socket) => socket.unref());
    this.http.on('request', (request, response) => this.#answer(request, response));
    this.http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.http.on('error', () => undefined); // one connection that could not be accepted is not the end of the others
    this.http.on('clientError', (_, socket) => socket.destroy());
  }

  get clients(): number {
    return this.#sessions.size;
  }

  /** Takes clients from now on. */
  open(open: OpenSession): void {
    this.#open = open;
  }

  /** Resolves when nobody is connected any more. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    for (const session of this.#sessions) session.close('the inspector was closed');
    this.http.closeAllConnections();
    this.#sockets.close();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = this.#guard.admit(request);
    if (url === undefined) refuse(response, 403);
    else if (request.method !== 'GET') refuse(response, 405);
    else if (url.pathname !== '/') refuse(response, 404);
    else response.writeHead(200, pageHeaders(this.#html)).end(this.#html);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const open = this.#open;
    const url = this.#guard.admit(request);
    const isFull = this.clients >= this.#maxClients;
    if (url === undefined) refuseUpgrade(socket, 403);
    else if (url.pathname !== '/inspect') refuseUpgrade(socket, 404);
    else if (open === undefined || isFull) refuseUpgrade(socket, 503);
    else this.#sockets.handleUpgrade(request, socket, head, (client) => this.#join(open, client));
  }

  #join(open: OpenSession, client: WebSocket): void {
    const session: Session = open(new SocketCarrier(client), () => this.#sessions.delete(session));
    this.#sessions.add(session);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...PLAIN_HEADERS, connection: 'close' }).end(STATUS[status]);
}

function refuseUpgrade(socket: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${STATUS[status] ?? ''}`;
  // Who does not close its half must not keep the server open.
  socket.end(`${head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
