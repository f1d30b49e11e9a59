import type { UnixDgram, UnixDgramError, UnixDgramSocket } from './unix-dgram.js';

/** A datagram socket that is connected to a path, with errors as Node makes them. It holds the process until it is closed. */
export class UnixDatagramSocket {
  readonly #path: string;
  readonly #socket: UnixDgramSocket;

  /**
   * @param onRoom called when there may be room again, after {@link UnixDatagramSocket.send} has returned false
   * @throws Error when nobody listens there, and for whatever else the system says: `connect ENOENT /run/statsd.sock`
   */
  constructor(module: UnixDgram, path: string, onRoom: () => void) {
    this.#path = path;
    try {
      this.#socket = module.createSocket('unix_dgram');
    } catch (error) {
      throw systemError('socket', path, error as UnixDgramError);
    }
    let failure: UnixDgramError | undefined;
    this.#socket.on('error', (error) => (failure = error));
    this.#socket.on('writable', onRoom);
    this.#socket.connect(path);
    if (failure === undefined) return;
    this.close();
    throw systemError('connect', path, failure);
  }

  /**
   * @returns false when the server has no room for the packet at present
   * @throws Error when the packet cannot be sent
   */
  send(packet: Uint8Array): boolean {
    let failure: UnixDgramError | undefined;
    this.#socket.send(packet, (error) => (failure = error));
    if (failure === undefined) return true;
    if (Number(failure.code) > 0) return false;
    throw systemError('send', this.#path, failure);
  }

  close(): void {
    try {
      this.#socket.close();
    } catch {
      // Then the system has closed it.
    }
  }
}

/** What Node would say: `connect ENOENT /run/statsd.sock`, where unix-dgram says `connect -2`. */
function systemError(syscall: string, path: string, error: UnixDgramError): NodeJS.ErrnoException {
  const { code: errno } = error;
  if (typeof errno !== 'number' || errno >= 0) return error as NodeJS.ErrnoException;
  const code = process.getBuiltinModule('node:util').getSystemErrorName(errno);
  return Object.assign(new Error(`${syscall} ${code} ${path}`), { errno, code, syscall, path });
}
