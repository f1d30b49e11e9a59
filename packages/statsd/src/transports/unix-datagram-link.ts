import type { Link, LinkEvents, OpenLink } from './link.js';
import { UnixDatagramSocket } from './unix-datagram-socket.js';
import { loadUnixDgram } from './unix-dgram.js';
import type { UnixDgram } from './unix-dgram.js';

/** Opens links that send each packet as a datagram to a unix socket. @param load for tests */
export function unixDatagramLinks(path: string, load: () => Promise<UnixDgram> = loadUnixDgram): OpenLink {
  return (events) => new UnixDatagramLink(path, load, events);
}

interface Packet {
  readonly bytes: Uint8Array;
  readonly onWritten: (error?: Error) => void;
}

/** How long a packet waits at least that has found no room twice: macOS says that there is some when there is none. */
const crowdedMs = 10;

/**
 * Open once a socket could be connected to the path. It has a socket only while there is something to send, because an open
 * one would hold the process; so it notices, too, when another server has taken over the path.
 *
 * The system takes a packet or refuses it at once. So what is under way when the link is lost has not been sent.
 */
class UnixDatagramLink implements Link {
  readonly #path: string;
  readonly #events: LinkEvents;
  #module: UnixDgram | undefined;
  #socket: UnixDatagramSocket | undefined;
  /** The packet that the server has no room for at present. */
  #waiting: Packet | undefined;
  /** Whether it found no room even after it was told that there is some. */
  #isCrowded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isEnded = false;

  constructor(path: string, load: () => Promise<UnixDgram>, events: LinkEvents) {
    this.#path = path;
    this.#events = events;
    load().then(
      (module) => this.#open(module),
      (error: unknown) => this.#lose(error as Error),
    );
  }

  write(text: string, onWritten: (error?: Error) => void): boolean {
    return this.#send({ bytes: Buffer.from(text), onWritten });
  }

  close(onClosed: () => void): void {
    this.destroy();
    onClosed();
  }

  destroy(): void {
    this.#isEnded = true;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    this.#closeSocket();
  }

  setRef(isReferenced: boolean): void {
    if (!isReferenced) this.#closeSocket();
  }

  #open(module: UnixDgram): void {
    if (this.#isEnded) return;
    this.#module = module;
    try {
      this.#openSocket();
    } catch (error) {
      this.#lose(error as Error);
      return;
    }
    this.#events.onOpen();
  }

  #lose(error: Error): void {
    if (this.#isEnded) return;
    this.destroy();
    this.#events.onLost(error, true);
  }

  /** @returns whether the next packet can be sent */
  #send(packet: Packet): boolean {
    const outcome = this.#offer(packet.bytes);
    if (outcome === 'full') {
      this.#waiting = packet;
      return false;
    }
    this.#isCrowded = false;
    if (outcome === 'taken') setImmediate(packet.onWritten);
    else if (isTooLong(outcome)) setImmediate(packet.onWritten, outcome);
    else setImmediate(() => this.#lose(outcome));
    return outcome === 'taken' || isTooLong(outcome);
  }

  #offer(bytes: Uint8Array): 'taken' | 'full' | Error {
    const isNew = this.#socket === undefined;
    const outcome = this.#tryToSend(bytes);
    if (isNew || typeof outcome === 'string' || isTooLong(outcome)) return outcome;
    // The server that the socket was connected to has gone; another may have come to its path.
    return this.#tryToSend(bytes);
  }

  /** Closes a socket that fails. Never throws: calls for a metric come this far. */
  #tryToSend(bytes: Uint8Array): 'taken' | 'full' | Error {
    try {
      return this.#openSocket().send(bytes) ? 'taken' : 'full';
    } catch (error) {
      this.#closeSocket();
      return error as Error;
    }
  }

  #openSocket(): UnixDatagramSocket {
    if (this.#module === undefined) throw new Error('the link is not open');
    return (this.#socket ??= new UnixDatagramSocket(this.#module, this.#path, () => this.#roomAgain()));
  }

  #closeSocket(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  #roomAgain(): void {
    clearTimeout(this.#timer);
    if (this.#isCrowded) this.#timer = setTimeout(() => this.#retry(), crowdedMs);
    else this.#retry();
  }

  #retry(): void {
    const packet = this.#waiting;
    if (packet === undefined) return;
    this.#waiting = undefined;
    this.#isCrowded = true;
    if (this.#send(packet)) this.#events.onDrain();
  }
}

/** Then the packet is at fault, and not the link. */
function isTooLong(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'EMSGSIZE';
}
