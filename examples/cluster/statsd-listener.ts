import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Takes what is sent to StatsD on this machine. */
export interface StatsDListener extends AsyncDisposable {
  readonly port: number;
}

/** Listens on a free port. @param onLines called with the lines of each packet */
export async function listenToStatsD(onLines: (lines: readonly string[]) => void): Promise<StatsDListener> {
  const socket = createSocket('udp4', (packet) => {
    onLines(
      packet
        .toString()
        .split('\n')
        .filter((line) => line !== ''),
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}
