import { WebSocket } from 'ws';
import { PROTOCOL, type Report, type Request } from '../protocol/frames.js';
import { TerminalError } from './terminal-error.js';

/** Longer texts no inspector sends. */
const MAX_PAYLOAD = 256 * 1024 * 1024;
/** So long an inspector may take to answer. */
const TIMEOUT_MS = 10_000;

/** A bus that is looked at. */
export interface Connection {
  send(request: Request): void;
  /** What is told, until the signal aborts. @throws TerminalError when the connection is lost, or another protocol is spoken */
  reports(): AsyncGenerator<Report, void>;
  close(): void;
}

/**
 * Connects to an inspector.
 * @param address as `serveInspector` gives it, with the token
 * @throws TerminalError (rejects) when nothing listens there, or does not let us in
 */
export async function connectInspector(address: string, signal: AbortSignal): Promise<Connection> {
  const socket = new WebSocket(socketUrl(address), { maxPayload: MAX_PAYLOAD, handshakeTimeout: TIMEOUT_MS });
  const inbox = new Inbox();
  socket.on('message', (data: Buffer) => inbox.put(data.toString()));
  const stop = (): void => {
    inbox.end(undefined);
    socket.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  await opened(socket, address);
  socket.on('error', (error) => inbox.end(new TerminalError(`connection lost: ${error.message}`)));
  socket.on('close', (_code, reason) => {
    const why = reason.toString();
    inbox.end(signal.aborted ? undefined : new TerminalError(`connection lost${why === '' ? '' : `: ${why}`}`));
  });
  return {
    send: (request) => socket.send(JSON.stringify(request)),
    reports: () => reportsOf(inbox),
    close: () => {
      signal.removeEventListener('abort', stop);
      stop();
    },
  };
}

function socketUrl(address: string): URL {
  const url = new URL(address);
  if (!url.searchParams.has('token')) {
    throw new TerminalError('the address has no token: take all of it, with what follows ?', 2);
  }
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.pathname = '/inspect';
  url.hash = '';
  return url;
}

function opened(socket: WebSocket, address: string): Promise<void> {
  const { host } = new URL(address);
  return new Promise((resolve, reject) => {
    const fail = (text: string): void => reject(new TerminalError(text));
    socket.once('open', () => resolve());
    socket.on('error', ({ message, code }: NodeJS.ErrnoException) => {
      fail(code === 'ECONNREFUSED' ? `nothing listens at ${host}` : `cannot reach ${host}: ${code ?? message}`);
    });
    socket.once('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      fail(REFUSALS[statusCode] ?? `${host} is no inspector: it answers ${statusCode}`);
      socket.terminate();
    });
  });
}

const REFUSALS: Readonly<Record<number, string>> = {
  401: 'the token in the address is wrong',
  403: 'the token in the address is wrong',
  503: 'the inspector has as many clients as it takes',
};

async function* reportsOf(inbox: Inbox): AsyncGenerator<Report, void> {
  for (let text = await inbox.take(); text !== undefined; text = await inbox.take()) {
    const report = parse(text);
    if (report.is === 'hello' && (report.protocol as number) !== PROTOCOL) {
      throw new TerminalError(`it speaks protocol ${String(report.protocol)}, and this program ${PROTOCOL}`);
    }
    yield report;
  }
}

function parse(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch {
    throw new TerminalError('what listens there is no inspector');
  }
}

/** What has come and was not taken. */
class Inbox {
  readonly #texts: string[] = [];
  #end: { readonly error: TerminalError | undefined } | undefined;
  #wake: (() => void) | undefined;

  put(text: string): void {
    this.#texts.push(text);
    this.#wake?.();
  }

  end(error: TerminalError | undefined): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** @returns `undefined` at the end */
  async take(): Promise<string | undefined> {
    while (this.#texts.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#texts.length > 0 && this.#end?.error === undefined) return this.#texts.shift();
    if (this.#end?.error !== undefined) throw this.#end.error;
    return undefined;
  }
}
