import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** How long a datagram may be on its way over loopback before it counts as lost, in milliseconds. */
const LOSS_AFTER_MS = 1000;

/** The system gives as much of it as it allows. At full speed packets come faster than they are read. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** A StatsD server of our own: a real UDP socket on loopback, in this process. */
export interface StatsDReceiver {
  readonly port: number;
  /** Waits until so many lines have come; gives up when none came for a second. */
  received(lines: number): Promise<void>;
  close(): void;
}

/** @param onLine called with each metric line, in the order of arrival */
export async function openStatsDReceiver(onLine: (line: string) => void): Promise<StatsDReceiver> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // Whoever sends keeps the process alive, not the one who listens.
  socket.unref();
  return new UdpReceiver(socket, onLine);
}

class UdpReceiver implements StatsDReceiver {
  readonly port: number;
  readonly #socket: Socket;
  #lines = 0;
  #onPacket: () => void = () => undefined;

  constructor(socket: Socket, onLine: (line: string) => void) {
    this.port = socket.address().port;
    this.#socket = socket;
    socket.on('message', (packet) => {
      for (const line of packet.toString('utf8').split('\n')) {
        if (line === '') continue;
        this.#lines++;
        onLine(line);
      }
      this.#onPacket();
    });
  }

  received(lines: number): Promise<void> {
    return new Promise((resolve) => {
      const lost = setTimeout(resolve, LOSS_AFTER_MS);
      this.#onPacket = () => {
        lost.refresh();
        if (this.#lines < lines) return;
        clearTimeout(lost);
        resolve();
      };
      this.#onPacket();
    });
  }

  close(): void {
    this.#socket.close();
  }
}
