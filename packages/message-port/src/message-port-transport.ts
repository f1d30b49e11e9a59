import { LastWords, LossyLane, type BridgeTransport, type TransportReceiver } from '@stasis-rx/bridge';
import { StasisError } from '@stasis-rx/core';
import { listenTo, type Port } from './port.js';

const MAX_FRAME_BYTES = 8_388_608;

/** What the arrays that a bridge posts begin with: a port may carry other messages too. */
const MARK = 'stasis-rx';

/**
 * Frames over a port: an array for each, with the lane's name and the frame; what is announced has no lane. The port belongs
 * to whoever made it: it is started, and never closed.
 */
export class MessagePortTransport implements BridgeTransport {
  readonly name = 'message-port';
  readonly call = 'bridgeOverMessagePort';
  readonly maxFrameBytes: number = MAX_FRAME_BYTES;
  readonly #port: Port;
  readonly #lanes = new Map<string, LossyLane>();
  readonly #lastWords = new LastWords();
  #receiver: TransportReceiver | undefined;
  #stopListening: (() => void) | undefined;
  #position = 0;

  constructor(port: Port) {
    this.#port = port;
  }

  open(receiver: TransportReceiver): Promise<void> {
    this.#receiver = receiver;
    for (const lane of receiver.lanes) this.#lanes.set(lane, new LossyLane(lane, receiver));
    this.#stopListening = listenTo(this.#port, {
      message: (data) => this.#take(receiver, data),
      unreadable: () => receiver.failed(new Error('a message on the port cannot be read')),
      closed: () => void this.#end(receiver),
    });
    return Promise.resolve();
  }

  /** Whatever `postMessage` throws, the promise rejects with. */
  async send(lane: string, frame: string): Promise<number> {
    this.#port.postMessage([MARK, lane, frame]);
    return Promise.resolve(++this.#position);
  }

  /** A port does not hear itself. */
  announce(text: string): void {
    this.#port.postMessage([MARK, null, text]);
    queueMicrotask(() => this.#receiver?.hear(undefined, text));
  }

  /** Whoever is there is the only one. */
  whisper(_peer: string, text: string): void {
    this.#port.postMessage([MARK, null, text]);
  }

  lag(): Promise<number> {
    return Promise.resolve(0);
  }

  close(): Promise<void> {
    this.#receiver = undefined;
    this.#stopListening?.();
    return Promise.resolve();
  }

  /** What has no mark is somebody else's; what has one and is no text is no frame. */
  #take(receiver: TransportReceiver, data: unknown): void {
    const [mark, lane, content] = Array.isArray(data) ? (data as unknown[]) : [];
    if (mark !== MARK) return;
    const text = typeof content === 'string' ? content : '';
    if (typeof lane !== 'string') {
      this.#lastWords.heard(text);
      receiver.hear(undefined, text);
    } else if (this.#lanes.has(lane)) {
      this.#lastWords.received(lane, text);
      this.#lanes.get(lane)?.take(undefined, text);
    }
  }

  /** Whoever was there is gone. The bridge ends when all that had come is in the mailboxes. */
  async #end(receiver: TransportReceiver): Promise<void> {
    this.#stopListening?.();
    receiver.disconnected();
    await this.#lastWords.say(receiver);
    receiver.ended(new StasisError('CONNECTION_CLOSED', '[message-port] the port was closed.'));
  }
}
