import type { Packet } from '../packets/packet-buffer.js';

/** Packets that wait for a socket, oldest first. Taking one costs the same however many wait. */
export class Outbox {
  #packets: (Packet | undefined)[] = [];
  #first = 0;
  #bytes = 0;

  get size(): number {
    return this.#packets.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(packet: Packet): void {
    this.#packets.push(packet);
    this.#bytes += packet.bytes;
  }

  /** Puts packets back that were taken, before all others and in their order. */
  unshift(packets: Iterable<Packet>): void {
    this.#packets = [...packets, ...this.#packets.slice(this.#first)];
    this.#first = 0;
    for (const packet of packets) this.#bytes += packet.bytes;
  }

  shift(): Packet | undefined {
    const packet = this.#packets[this.#first];
    if (packet === undefined) return undefined;
    this.#packets[this.#first++] = undefined;
    this.#bytes -= packet.bytes;
    this.#compact();
    return packet;
  }

  /** Gives the places of taken packets back, when they are most of the array. */
  #compact(): void {
    if (this.#first < 32 || this.#first * 2 < this.#packets.length) return;
    this.#packets = this.#packets.slice(this.#first);
    this.#first = 0;
  }
}
