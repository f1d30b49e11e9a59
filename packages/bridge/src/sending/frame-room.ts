import type { Batch } from '../protocol/batch.js';
import { columnsText } from '../protocol/columns.js';
import { bytesOf, fitsInto } from '../ground/text.js';
import type { BridgeTransport } from '../protocol/transport.js';

/** Frames are filled up to so many characters of data: large enough to be cheap, small enough to be many. */
const TARGET_LENGTH = 65_536;

/** What a frame takes beside its records and what it begins with, and some more. */
const REST_BYTES = 200;

/** How much a bridge's frames have room for, as the transport has it now: a server that comes back may take less than before. */
export class FrameRoom {
  readonly #transport: Pick<BridgeTransport, 'maxFrameBytes'>;
  readonly #takenBytes: number;

  /** @param start what every frame begins with */
  constructor(transport: Pick<BridgeTransport, 'maxFrameBytes'>, start: string) {
    this.#transport = transport;
    this.#takenBytes = bytesOf(start) + REST_BYTES;
  }

  /** Up to how many characters of data a frame of several records is filled. */
  get targetLength(): number {
    return Math.min(TARGET_LENGTH, this.maxBytes);
  }

  /** What fits: the largest record, or several. */
  get maxBytes(): number {
    return this.#transport.maxFrameBytes - this.#takenBytes;
  }

  /** Why a batch has no room, if it has none. The most that it can take is looked at first. */
  refuses(batch: Batch): RangeError | undefined {
    const { maxBytes } = this;
    if (batch.bytes <= maxBytes || fitsInto(columnsText(batch), maxBytes)) return undefined;
    return new RangeError(`it takes more than ${maxBytes} bytes`);
  }
}
