import { LossyLane, tokenOfName, type BridgeTransport, type TransportReceiver } from '@stasis-rx/bridge';

const MAX_FRAME_BYTES = 1_048_576;

/** What is needed of the platform's class. */
export type BroadcastChannelClass = new (name: string) => Channel;

/** What is needed of its instances. */
export interface Channel {
  /** Called with each message of the others; its `data` is what they posted. */
  onmessage: ((event: never) => void) | null;
  /** Called when a message cannot be read. */
  onmessageerror: ((event: never) => void) | null;
  /** Posts a message to all others of that name. */
  postMessage(message: string): void;
  /** Lets go of it. */
  close(): void;
}

/** Frames over the platform's BroadcastChannel: a channel for each lane, and one for what is announced. */
export class BroadcastChannelTransport implements BridgeTransport {
  readonly name = 'broadcast-channel';
  readonly maxFrameBytes: number = MAX_FRAME_BYTES;
  readonly #prefix: string;
  readonly #Channel: BroadcastChannelClass;
  readonly #lanes = new Map<string, Channel>();
  #control: Channel | undefined;
  #receiver: TransportReceiver | undefined;
  #position = 0;

  constructor(group: string, Channel: BroadcastChannelClass) {
    this.#prefix = `stasis-rx:${tokenOfName(group)}`;
    this.#Channel = Channel;
  }

  open(receiver: TransportReceiver): Promise<void> {
    this.#receiver = receiver;
    this.#control = this.#listen('control', (text) => receiver.hear(undefined, text));
    for (const lane of receiver.lanes) {
      const lossy = new LossyLane(lane, receiver);
      this.#lanes.set(
        lane,
        this.#listen(`data:${tokenOfName(lane)}`, (frame) => lossy.take(undefined, frame)),
      );
    }
    return Promise.resolve();
  }

  /** Whatever `postMessage` throws, the promise rejects with. */
  async send(lane: string, frame: string): Promise<number> {
    this.#lanes.get(lane)?.postMessage(frame);
    return Promise.resolve(++this.#position);
  }

  /** A channel does not hear itself. */
  announce(text: string): void {
    this.#control?.postMessage(text);
    queueMicrotask(() => this.#receiver?.hear(undefined, text));
  }

  /** Everybody hears it. */
  whisper(_peer: string, text: string): void {
    this.#control?.postMessage(text);
  }

  lag(): Promise<number> {
    return Promise.resolve(0);
  }

  /** What was posted is delivered before a channel closes, once its task has ended. */
  async close(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#receiver = undefined;
    this.#control?.close();
    for (const channel of this.#lanes.values()) channel.close();
  }

  /** Anybody of the same origin may post anything: what is no text is no frame. */
  #listen(name: string, take: (text: string) => void): Channel {
    const channel = new this.#Channel(`${this.#prefix}:${name}`);
    channel.onmessage = ({ data }: { readonly data: unknown }) => take(typeof data === 'string' ? data : '');
    channel.onmessageerror = () =>
      this.#receiver?.failed(new Error(`a message on "${this.#prefix}:${name}" cannot be read`));
    return channel;
  }
}
