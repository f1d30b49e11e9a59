import type { TransportReceiver } from './transport.js';

/** What may wait for the bus in one lane: some ten thousand small frames, or a hundred large ones. */
const MAX_WAITING_BYTES = 8_388_608;

/**
 * One lane of a transport that nobody can make wait, on its way to the receiver. Frames that have to wait for the bus's
 * mailboxes are kept up to 8 MiB; those beyond are dropped, and the next frame that there is room for tells what is missing.
 */
export class LossyLane {
  readonly #lane: string;
  readonly #receiver: TransportReceiver;
  #waitingBytes = 0;

  constructor(lane: string, receiver: TransportReceiver) {
    this.#lane = lane;
    this.#receiver = receiver;
  }

  /** Hands a frame over, or drops it. @param peer as in `receive` */
  take(peer: string | undefined, frame: Uint8Array | string): void {
    if (this.#waitingBytes > 0 && this.#waitingBytes + frame.length > MAX_WAITING_BYTES) return;
    const done = this.#receiver.receive(this.#lane, peer, frame);
    if (done === undefined) return;
    this.#waitingBytes += frame.length;
    void done.then(() => {
      this.#waitingBytes -= frame.length;
    });
  }
}
