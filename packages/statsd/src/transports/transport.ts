import type { Packet } from '../packets/packet-buffer.js';

/** Where packets go instead of a socket: `{ send(packet), close() }`. */
export interface StatsDTransport {
  /**
   * Takes a packet: metric lines with a newline between them. When it returns a promise, the packet counts as sent once
   * that resolves, and the client's `flush()` waits for it, at most `timeoutMs`; later packets do not. What it throws, or rejects with, is
   * reported to the client's `onError`, and the packet's lines count as dropped.
   */
  send(packet: string): unknown;
  /** Called once, by the client's `close()`, after the last packet, or `timeoutMs` later when a packet's promise has not settled
   * by then. A promise is waited for. */
  close(): unknown;
}

/** The client's side of every way of sending. Nothing here throws or rejects: outcomes go to the journal. */
export interface PacketSink {
  send(packet: Packet): void;
  /** Resolves when every packet sent before has been handed over or lost, or cannot be handed over for now. */
  flush(): Promise<void>;
  /** Flushes, then closes for good. Called once. */
  close(): Promise<void>;
}
