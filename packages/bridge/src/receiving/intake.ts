import { parseControl, type ControlMessage } from '../protocol/control-message.js';
import type { Whisper } from '../protocol/whisper.js';
import type { BridgeEvent, Rejection } from '../ground/events.js';
import { parseFrame, type Frame } from '../protocol/frame.js';
import type { BridgeTransport } from '../protocol/transport.js';
import { textOf } from '../ground/text.js';

/** What an intake is given. */
export interface IntakeContext {
  readonly eid: string;
  readonly epoch: string;
  readonly transport: Pick<BridgeTransport, 'maxFrameBytes'>;
  readonly emit: (event: BridgeEvent) => void;
}

/** Reads what the transport hands over. What cannot be read, or pretends, is reported, and that is all that comes of it. */
export class Intake {
  readonly #context: IntakeContext;
  /** The largest frame that could be sent so far: what was stored when a server took more may still come. */
  #maxFrameBytes: number;

  constructor(context: IntakeContext) {
    this.#context = context;
    this.#maxFrameBytes = context.transport.maxFrameBytes;
  }

  /**
   * Reads a frame of another bus; nothing when it is the own one.
   * @param reject counts it for its lane
   */
  frame(
    lane: string,
    peer: string | undefined,
    bytes: Uint8Array | string,
    reject: () => void = () => undefined,
  ): Frame | undefined {
    if (peer === this.#context.eid) return undefined;
    const frame = this.#read(lane, peer, bytes, parseFrame);
    if (frame === undefined) reject();
    return frame === undefined || this.#isOwn(frame) ? undefined : frame;
  }

  /** Reads what was announced, by this bridge too. */
  control(peer: string | undefined, bytes: Uint8Array | string): ControlMessage | Whisper | undefined {
    const message = this.#read('', peer, bytes, parseControl);
    if (message === undefined || message.epoch === this.#context.epoch) return message;
    return this.#isOwn(message) ? undefined : message;
  }

  /** Whether it comes from this bus; under this bus's id another epoch is somebody else's, or another bridge's. */
  #isOwn({ eid, epoch }: { readonly eid: string; readonly epoch: string }): boolean {
    if (eid !== this.#context.eid) return false;
    if (epoch !== this.#context.epoch) this.#context.emit({ type: 'duplicate-eid', peer: eid });
    return true;
  }

  #read<Read extends { readonly eid: string }>(
    topic: string,
    peer: string | undefined,
    bytes: Uint8Array | string,
    parse: (text: string) => Read,
  ): Read | undefined {
    const reject = (reason: Rejection, error: unknown): void =>
      this.#context.emit({ type: 'rejected', peer: peer ?? '', topic, reason, error, records: 1 });
    this.#maxFrameBytes = Math.max(this.#maxFrameBytes, this.#context.transport.maxFrameBytes);
    if (bytes.length > this.#maxFrameBytes) {
      reject('oversized', bytes.length);
      return undefined;
    }
    try {
      const read = parse(textOf(bytes));
      if (peer === undefined || peer === read.eid) return read;
      reject('forged', read.eid);
    } catch (error) {
      reject('malformed', error);
    }
    return undefined;
  }
}
