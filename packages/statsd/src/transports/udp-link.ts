import type { Link, LinkEvents, OpenLink } from './link.js';

/** `dns.lookup`, as far as it is used here. */
export type Lookup = (
  host: string,
  options: { readonly order?: 'ipv4first'; readonly family?: number },
  callback: (error: Error | null, address: string, family: number) => void,
) => void;

/** How long the address of a host name is used before it is looked up again. */
const addressLifetimeMs = 60_000;

/** Opens links that send each packet as a datagram. The socket never keeps the process alive. */
export function udpLinks(
  host: string,
  port: number,
  lookup: Lookup = process.getBuiltinModule('node:dns').lookup,
): OpenLink {
  return (events) => new UdpLink(host, port, lookup, events);
}

/** Open once the host name has an address: IPv4 where there is one, because no answer would say that nobody listens. */
class UdpLink implements Link {
  readonly #host: string;
  readonly #port: number;
  readonly #lookup: Lookup;
  readonly #events: LinkEvents;
  #socket: Socket | undefined;
  #address = '';
  #family = 0;
  #freshUntil = Infinity;
  #isEnded = false;

  constructor(host: string, port: number, lookup: Lookup, events: LinkEvents) {
    this.#host = host;
    this.#port = port;
    this.#lookup = lookup;
    this.#events = events;
    lookup(host, { order: 'ipv4first' }, (error, address, family) => {
      if (this.#isEnded) return;
      if (error) this.#lose(error);
      else this.#open(address, family);
    });
  }

  write(text: string, onWritten: (error?: Error | null) => void): boolean {
    if (Date.now() >= this.#freshUntil) this.#refreshAddress();
    const isOrdered = sendsInOrder();
    this.#socket?.send(text, this.#port, this.#address, (error) => {
      onWritten(error);
      if (!isOrdered && !this.#isEnded) this.#events.onDrain();
    });
    return isOrdered;
  }

  close(onClosed: () => void): void {
    this.#isEnded = true;
    if (this.#socket === undefined) onClosed();
    else this.#socket.close(onClosed);
    this.#socket = undefined;
  }

  destroy(): void {
    if (!this.#isEnded) this.close(() => undefined);
  }

  setRef(): void {
    // What is being sent keeps the process alive by itself.
  }

  #open(address: string, family: number): void {
    this.#address = address;
    this.#family = family;
    this.#extendAddress();
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    this.#socket = socket;
    socket.unref();
    socket.on('error', (error) => {
      if (!this.#isEnded) this.#lose(error);
    });
    this.#events.onOpen();
  }

  #lose(error: Error): void {
    this.destroy();
    this.#events.onLost(error);
  }

  /** Looks the address up while the old one is still used: a name server that is away must not stop the metrics. */
  #refreshAddress(): void {
    this.#extendAddress();
    this.#lookup(this.#host, { family: this.#family }, (error, address) => {
      if (!error) this.#address = address;
    });
  }

  #extendAddress(): void {
    if (process.getBuiltinModule('node:net').isIP(this.#host) === 0) this.#freshUntil = Date.now() + addressLifetimeMs;
  }
}

/** Deno sends what waits together in any order, mostly the last first: there, one datagram waits for the other. */
function sendsInOrder(): boolean {
  return !('Deno' in globalThis);
}

type Socket = ReturnType<typeof createSocket>;

/** Node's modules are taken when a socket is opened, so that this package loads where there are none. */
function createSocket(type: 'udp4' | 'udp6') {
  return process.getBuiltinModule('node:dgram').createSocket(type);
}
