import type { Journal } from '../packets/journal.js';
import type { Packet } from '../packets/packet-buffer.js';
import { TransportError } from './transport-error.js';
import { Handover } from './handover.js';
import { LinkKeeper } from './link-keeper.js';
import type { LinkKeeperOptions, LinkOwner } from './link-keeper.js';
import { Outbox } from './outbox.js';
import type { PacketSink } from './transport.js';

/** Which socket, and how much may wait for it. */
export interface SocketSinkOptions extends LinkKeeperOptions {
  /** The other end, as errors name it: `tcp 127.0.0.1:8125`. */
  readonly target: string;
  /** The most bytes that wait while there is no link, or a slow one; beyond that the oldest packets are dropped. */
  readonly maxOutboxBytes: number;
}

/** How many bytes may be with the system before further packets wait in the outbox, where they are bounded. */
const MAX_IN_FLIGHT_BYTES = 65_536;

/**
 * Sends packets through a socket, and through the next one when that is lost. The first packet opens it.
 *
 * A packet waits in the outbox until it is written, and is sent once: no line is ever counted twice by the server. So
 * what waits in the outbox outlives a lost connection; what was written and not yet taken by the system is dropped, and
 * counted, unless it has certainly not been sent; what the system had taken and could not deliver is lost without a trace.
 */
export class SocketSink implements PacketSink, LinkOwner {
  readonly #target: string;
  readonly #maxOutboxBytes: number;
  readonly #timeoutMs: number;
  readonly #journal: Journal;
  readonly #keeper: LinkKeeper;
  readonly #handover = new Handover();
  readonly #outbox = new Outbox();
  /** Written, and not yet taken by the system. */
  readonly #inFlight = new Set<Packet>();
  #inFlightBytes = 0;
  #isWritable = false;
  #isOverflowing = false;
  #isClosing = false;

  constructor(options: SocketSinkOptions, journal: Journal) {
    this.#target = options.target;
    this.#maxOutboxBytes = options.maxOutboxBytes;
    this.#timeoutMs = options.timeoutMs;
    this.#journal = journal;
    this.#keeper = new LinkKeeper(options, this);
  }

  get wantsLink(): boolean {
    return this.#outbox.size > 0;
  }

  send(packet: Packet): void {
    this.#outbox.push(packet);
    this.#handover.accept();
    this.#keeper.want();
    this.#drain();
    this.#trim();
  }

  flush(): Promise<void> {
    return this.#keeper.isWaiting ? Promise.resolve() : this.#handover.whenSettled();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#keeper.retry();
    const late = new Error(`not everything could be sent within ${this.#timeoutMs} ms`);
    const deadline = setTimeout(() => this.#keeper.giveUp(late), this.#timeoutMs);
    await this.flush();
    clearTimeout(deadline);
    await this.#keeper.close();
  }

  onUp(): void {
    this.onDrain();
  }

  onDrain(): void {
    this.#isWritable = true;
    this.#drain();
  }

  onDown(error: unknown, wasUp: boolean, isUnsent: boolean): void {
    if (isUnsent) this.#putBack();
    const lines = this.#dropInFlight() + this.#dropOldest(this.#isClosing ? 0 : this.#maxOutboxBytes);
    this.#handover.release();
    const what = wasUp ? 'lost the connection to' : 'cannot connect to';
    this.#journal.report(new TransportError(`${what} ${this.#target}`, lines, error));
  }

  /** Writes what waits, as far as the link takes it. */
  #drain(): void {
    for (let link = this.#keeper.link; link !== undefined && this.#hasRoom; link = this.#keeper.link) {
      const packet = this.#outbox.shift();
      if (packet === undefined) break;
      this.#inFlight.add(packet);
      this.#inFlightBytes += packet.bytes;
      this.#isWritable = link.write(packet.text, (error) => this.#written(packet, error));
    }
    if (this.#outbox.size === 0) this.#isOverflowing = false;
    this.#updateRef();
  }

  /** Of a datagram socket only the bytes under way tell when it has enough: it never says so. */
  get #hasRoom(): boolean {
    return this.#isWritable && this.#inFlightBytes < MAX_IN_FLIGHT_BYTES;
  }

  #written(packet: Packet, error: Error | null | undefined): void {
    if (!this.#inFlight.delete(packet)) return;
    this.#inFlightBytes -= packet.bytes;
    if (error) this.#journal.dropped(packet.lines);
    else this.#journal.sent(packet);
    this.#drain();
    this.#handover.settle();
    if (error) this.#journal.report(new TransportError(`cannot send to ${this.#target}`, packet.lines, error));
  }

  /** A link keeps the process alive only while something is under way. */
  #updateRef(): void {
    this.#keeper.link?.setRef(this.#inFlight.size > 0 || this.#outbox.size > 0);
  }

  /** Drops the oldest packets that are too many. Reported once, until the outbox has been empty again. */
  #trim(): void {
    const lines = this.#dropOldest(this.#maxOutboxBytes);
    if (lines === 0 || this.#isOverflowing) return;
    this.#isOverflowing = true;
    this.#journal.report(new TransportError(`the outbox for ${this.#target} is full`, lines));
  }

  /** @returns how many lines were lost */
  #dropOldest(bytesToKeep: number): number {
    let lines = 0;
    while (this.#outbox.bytes > bytesToKeep) {
      lines += this.#outbox.shift()?.lines ?? 0;
      this.#handover.settle();
    }
    this.#journal.dropped(lines);
    return lines;
  }

  #dropInFlight(): number {
    let lines = 0;
    for (const packet of this.#inFlight) lines += packet.lines;
    this.#journal.dropped(lines);
    this.#handover.settle(this.#inFlight.size);
    this.#forgetInFlight();
    return lines;
  }

  #putBack(): void {
    this.#outbox.unshift(this.#inFlight);
    this.#forgetInFlight();
  }

  #forgetInFlight(): void {
    this.#inFlight.clear();
    this.#inFlightBytes = 0;
  }
}
