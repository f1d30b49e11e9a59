import { createServer, type AddressInfo, type ListenOptions, type Socket } from 'node:net';
import { Inbox } from './inbox.js';

/** A TCP or unix socket server that keeps the lines it receives, over all connections. */
export interface StreamServer {
  /** 0 for a unix socket. */
  readonly port: number;
  /** Connections that are open, oldest first. */
  readonly connections: readonly Socket[];
  /** Waits until that many complete lines have come, and gives all that came. */
  lines(count: number): Promise<string[]>;
  /** Waits until that many connections have been made. */
  connected(count: number): Promise<unknown>;
  /** Ends every connection abruptly and stops listening. */
  close(): Promise<void>;
}

/** Starts a server: on a free port of the loopback address unless told otherwise. */
export async function startStreamServer(
  where: ListenOptions = { host: '127.0.0.1', port: 0 },
  onConnection?: (socket: Socket) => void,
): Promise<StreamServer> {
  const inbox = new Inbox();
  const arrivals = new Inbox();
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => connections.splice(connections.indexOf(socket), 1));
    if (onConnection === undefined) keepLines(socket, inbox);
    else onConnection(socket);
    arrivals.add('connection');
  });
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return {
    port: (server.address() as AddressInfo).port || 0,
    connections,
    lines: (count) => inbox.atLeast(count),
    connected: (count) => arrivals.atLeast(count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of [...connections]) breakOff(socket);
      }),
  };
}

/** Ends a connection as a server that dies does. A unix socket knows no reset. */
export function breakOff(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

/** Only complete lines count: what stands behind the last newline is not a metric yet. */
function keepLines(socket: Socket, inbox: Inbox): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (data: string) => {
    const lines = (rest + data).split('\n');
    rest = lines.pop() ?? '';
    inbox.add(...lines);
  });
}
