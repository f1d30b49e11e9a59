import { request, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { Report, Request } from '../../src/index.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Fetches, with headers that `fetch` would not let one set. */
export function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject).end();
  });
}

/** The address of the socket behind a page. */
export function socketUrl(url: string): string {
  return url.replace('http:', 'ws:').replace('/?', '/inspect?');
}

/** Why a socket does not open: the status of the answer. */
export function refused(url: string, options: object = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('unexpected-response', (sent, response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('it opened'));
    });
    socket.on('error', () => undefined);
  });
}

/** A client over a socket. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly reports: Report[] = [];
  readonly closed: Promise<number>;
  #whenTold: () => void = () => undefined;

  constructor(url: string, options: object = {}) {
    this.socket = new WebSocket(socketUrl(url), options);
    this.socket.on('message', (data: Buffer) => {
      this.reports.push(JSON.parse(String(data)) as Report);
      this.#whenTold();
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
  }

  ask(request: Request): void {
    this.socket.send(JSON.stringify(request));
  }

  /** Resolves with the first report that is this, now or later. */
  async first<Is extends Report['is']>(is: Is): Promise<Extract<Report, { is: Is }>> {
    for (;;) {
      const found = this.reports.find((report): report is Extract<Report, { is: Is }> => report.is === is);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#whenTold = resolve));
    }
  }
}
