import { startTimer } from '../ground/start-timer.js';

/** Lines that are sent together. */
export interface Packet {
  /** The lines, with a newline between them, and one at the end if so asked. */
  readonly text: string;
  /** The length of the text as UTF-8. */
  readonly bytes: number;
  readonly lines: number;
}

/** When packets leave, and how they look. */
export interface PacketBufferOptions {
  /** The most bytes of a packet. */
  readonly maxPacketBytes: number;
  /** How long a line waits, at the longest, in milliseconds. */
  readonly flushIntervalMs: number;
  /** Whether the last line of a packet ends with a newline too. */
  readonly addNewline: boolean;
}

/**
 * Packs lines into packets, in order. A packet leaves when the next line would not fit, when its first line has waited
 * for the flush interval, or at {@link PacketBuffer.flush}.
 */
export class PacketBuffer {
  readonly #send: (packet: Packet) => void;
  readonly #flushIntervalMs: number;
  /** Bytes at the end of the text that are not sent: the last newline, unless it was asked for. */
  readonly #unsentBytes: number;
  readonly #maxBytes: number;
  #text = '';
  #bytes = 0;
  #lines = 0;
  #lineTotal = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send takes the packets; must not throw */
  constructor(options: PacketBufferOptions, send: (packet: Packet) => void) {
    this.#send = send;
    this.#flushIntervalMs = options.flushIntervalMs;
    this.#unsentBytes = options.addNewline ? 0 : 1;
    this.#maxBytes = options.maxPacketBytes + this.#unsentBytes;
  }

  /** How many lines have been added so far. */
  get lineTotal(): number {
    return this.#lineTotal + this.#lines;
  }

  /** Whether a packet can hold lines of that many bytes, counted with their newlines. */
  fits(bytes: number): boolean {
    return bytes <= this.#maxBytes;
  }

  /**
   * Adds lines that must stay together in one packet.
   *
   * @param text the lines, each with its newline
   * @param bytes the length of the text as UTF-8
   * @returns false, and adds nothing, when they are longer than a packet can be
   */
  add(text: string, bytes: number, lines: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return this.#addToNext(text, bytes, lines);
    if (this.#bytes === 0) this.#startTimer();
    this.#text += text;
    this.#bytes += bytes;
    this.#lines += lines;
    return true;
  }

  /** Sends what there is. */
  flush(): void {
    if (this.#bytes > 0) this.#send(this.#take());
  }

  /** Sends what there is, and stops the clock. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.flush();
  }

  #addToNext(text: string, bytes: number, lines: number): boolean {
    if (!this.fits(bytes)) return false;
    const full = this.#take();
    // Before the full packet is sent: sending may call code of the user that adds lines of its own.
    this.add(text, bytes, lines);
    this.#send(full);
    return true;
  }

  #take(): Packet {
    const text = this.#unsentBytes === 0 ? this.#text : this.#text.slice(0, -1);
    const packet = { text, bytes: this.#bytes - this.#unsentBytes, lines: this.#lines };
    this.#lineTotal += this.#lines;
    this.#text = '';
    this.#bytes = this.#lines = 0;
    return packet;
  }

  /** One timer for all packets that fill up while it runs: a line may leave earlier than it must, never later. */
  #startTimer(): void {
    this.#timer ??= startTimer(this.#flushIntervalMs, () => {
      this.#timer = undefined;
      this.flush();
    });
  }
}
