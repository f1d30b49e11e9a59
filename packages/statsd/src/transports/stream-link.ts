import type { Link, LinkEvents, OpenLink } from './link.js';

/** Opens links that write packets to a TCP connection. */
export function tcpLinks(host: string, port: number): OpenLink {
  return (events) => new StreamLink(connect({ host, port, noDelay: true, keepAlive: true }), events);
}

/** Opens links that write packets to a unix stream socket, as they are. */
export function unixLinks(path: string): OpenLink {
  return (events) => new StreamLink(connect({ path }), events);
}

/** Opens links that write packets to a unix stream socket as Datadog's agent reads them: each behind its length. */
export function unixStreamLinks(path: string): OpenLink {
  return (events) => new StreamLink(connect({ path }), events, behindLength);
}

/** Open while its socket is connected. What the other side sends is thrown away. */
class StreamLink implements Link {
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  readonly #frame: Frame;
  #isEnded = false;

  constructor(socket: Socket, events: LinkEvents, frame: Frame = (text) => text) {
    this.#socket = socket;
    this.#events = events;
    this.#frame = frame;
    socket.on('connect', () => {
      if (!this.#isEnded) events.onOpen();
    });
    socket.on('drain', () => events.onDrain());
    socket.on('error', (error) => this.#lose(error));
    // The other side has said goodbye, so nobody reads any more: do not wait until everything has been written.
    socket.on('end', () => this.#lose());
    socket.on('close', () => this.#lose());
    // Without reading, a goodbye would not be seen.
    socket.resume();
  }

  write(text: string, onWritten: () => void): boolean {
    return this.#socket.write(this.#frame(text), (error) => {
      if (!error) onWritten();
    });
  }

  close(onClosed: () => void): void {
    this.#isEnded = true;
    if (this.#socket.closed) {
      onClosed();
      return;
    }
    this.#socket.once('close', () => onClosed());
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#isEnded = true;
    this.#socket.destroy();
  }

  setRef(isReferenced: boolean): void {
    if (isReferenced) this.#socket.ref();
    else this.#socket.unref();
  }

  #lose(error?: Error): void {
    if (this.#isEnded) return;
    this.destroy();
    this.#events.onLost(error);
  }
}

type Socket = ReturnType<typeof connect>;

/** How a packet stands on the stream. */
type Frame = (text: string) => string | Uint8Array;

/** The length in bytes, as 32 bits with the lowest byte first, and the packet. */
function behindLength(text: string): Uint8Array {
  const packet = Buffer.from(`....${text}`);
  packet.writeUInt32LE(packet.length - 4);
  return packet;
}

/** Node's module is taken when a socket is opened, so that this package loads where there is none. */
function connect(options: { path: string } | { host: string; port: number; noDelay: boolean; keepAlive: boolean }) {
  return process.getBuiltinModule('node:net').connect(options);
}
