import type { Journal } from '../packets/journal.js';
import type { Packet } from '../packets/packet-buffer.js';
import { isThenable } from '../ground/thenable.js';
import { TransportError } from './transport-error.js';
import { within } from '../ground/within.js';
import type { PacketSink, StatsDTransport } from './transport.js';

/** Hands packets to a transport of the user's own, and keeps what it throws from everybody else. */
export class TransportSink implements PacketSink {
  readonly #transport: StatsDTransport;
  readonly #timeoutMs: number;
  readonly #journal: Journal;
  readonly #pending = new Set<Promise<void>>();

  constructor(transport: StatsDTransport, timeoutMs: number, journal: Journal) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
    this.#journal = journal;
  }

  send(packet: Packet): void {
    try {
      const result = this.#transport.send(packet.text);
      if (isThenable(result)) this.#wait(result, packet);
      else this.#journal.sent(packet);
    } catch (error) {
      this.#lose(packet, error);
    }
  }

  async flush(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    await within(this.#timeoutMs, this.flush(), true);
    try {
      await this.#transport.close();
    } catch (error) {
      this.#journal.report(new TransportError('the transport cannot close', 0, error));
    }
  }

  #wait(result: PromiseLike<unknown>, packet: Packet): void {
    const outcome = Promise.resolve(result)
      .then(
        () => this.#journal.sent(packet),
        (error: unknown) => this.#lose(packet, error),
      )
      .finally(() => this.#pending.delete(outcome));
    this.#pending.add(outcome);
  }

  #lose(packet: Packet, error: unknown): void {
    this.#journal.dropped(packet.lines);
    this.#journal.report(new TransportError('the transport cannot send', packet.lines, error));
  }
}
