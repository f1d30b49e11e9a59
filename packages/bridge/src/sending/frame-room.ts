import { columnsText } from '../protocol/columns.js';
import { bytesOf, fitsInto } from '../ground/text.js';
import type { WrittenRecord } from '../protocol/record.js';
import type { BridgeTransport } from '../protocol/transport.js';

/** Frames are filled up to this: large enough to be cheap, small enough to be many. */
const TARGET_BYTES = 65_536;

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

  /** Up to which a frame of several records is filled. */
  get targetBytes(): number {
    return Math.min(TARGET_BYTES, this.maxRecordBytes);
  }

  /** The largest record that fits. */
  get maxRecordBytes(): number {
    return this.#transport.maxFrameBytes - this.#takenBytes;
  }

  /** Why a record has no room, if it has none. The most that it can take is looked at first. */
  refuses(record: WrittenRecord): RangeError | undefined {
    const { maxRecordBytes } = this;
    if (record.bytes <= maxRecordBytes || fitsInto(columnsText([record]), maxRecordBytes)) return undefined;
    return new RangeError(`it takes more than ${maxRecordBytes} bytes`);
  }
}
