import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type * as UnixDgram from 'unix-dgram';
import { Inbox } from './inbox.js';

/** A unix datagram socket that keeps what it receives. */
export interface UnixReceiver {
  /** Waits until that many datagrams have come, and gives all that came. */
  packets(count: number): Promise<string[]>;
  /** Reads what comes from now on, if it was opened without reading. */
  read(): void;
  /** Closes the socket, and leaves its file behind as a server does that was killed. */
  close(): Promise<void>;
}

/** In this process, through the same package as the client. A file that is there already makes room. */
export async function openUnixReceiver(path: string): Promise<UnixReceiver> {
  const { createSocket } = await loadBuilt();
  rmSync(path, { force: true });
  const inbox = new Inbox();
  const socket = createSocket('unix_dgram', (packet) => inbox.add(packet.toString()));
  socket.bind(path);
  let isOpen = true;
  return {
    packets: (count) => inbox.atLeast(count),
    read: () => undefined,
    async close() {
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
}

/**
 * In a process of its own, through Python's sockets: nothing of what is tested has a part in it.
 *
 * @param isReading whether it reads at once; if not, its queue fills up until {@link UnixReceiver.read}
 */
export async function startPythonReceiver(path: string, isReading = true): Promise<UnixReceiver> {
  rmSync(path, { force: true });
  const child = spawn('python3', ['-u', '-c', program, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const inbox = new Inbox();
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit');
  await once(lines, 'line');
  lines.on('line', (line) => inbox.add(JSON.parse(line) as string));
  const read = () => child.stdin.write('\n');
  if (isReading) read();
  return {
    packets: (count) => inbox.atLeast(count),
    read,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const program = `
import json, socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print('bound')
sys.stdin.readline()
while True:
    print(json.dumps(receiver.recv(65536).decode()))
`;

/** npm installs it without compiling it. That is no reason to skip a test. */
async function loadBuilt(): Promise<typeof UnixDgram> {
  try {
    return await import('unix-dgram');
  } catch (cause) {
    throw new Error('unix-dgram is not compiled: run `npm run unix-dgram:build`', { cause });
  }
}
