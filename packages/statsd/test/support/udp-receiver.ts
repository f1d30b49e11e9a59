import { createSocket } from 'node:dgram';
import { Inbox } from './inbox.js';

/** A UDP socket on a free port of the loopback address, that keeps what it receives. */
export interface UdpReceiver {
  readonly port: number;
  /** Waits until that many datagrams have come, and gives all that came. */
  packets(count: number): Promise<string[]>;
  close(): Promise<void>;
}

export async function openUdpReceiver(): Promise<UdpReceiver> {
  const inbox = new Inbox();
  const socket = createSocket('udp4');
  socket.on('message', (data) => inbox.add(data.toString()));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    packets: (count) => inbox.atLeast(count),
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}
