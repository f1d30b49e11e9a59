/**
 * Frames of a lane that may be unconfirmed at a time, and how many records may be in them when one that is not full is sent. What is
 * published meanwhile gathers, so that frames are not small.
 */
const MAX_FRAMES = 8;
const MAX_LOOSE_RECORDS = 256;
/** Of frames that are full there may be more: so many bytes, and so many frames. */
const MAX_BYTES = 8_388_608;
const MAX_FULL_FRAMES = 128;

/** A frame on its way. */
export interface SentFrame {
  /** How many records are in it. */
  readonly count: number;
  readonly bytes: number;
  /** Where it was stored, once that is known. */
  position: number | undefined;
}

/** The frames of one lane that are on their way, in the order of sending. */
export class FrameWindow {
  #frames: SentFrame[] = [];
  #bytes = 0;
  #records = 0;
  /** Where the last frame that was confirmed is stored. */
  #lastPosition = -Infinity;

  /** Whether another frame may be sent. @param isFull whether it would be full */
  hasRoom(isFull: boolean): boolean {
    const { length } = this.#frames;
    if (isFull) return length < MAX_FULL_FRAMES && this.#bytes < MAX_BYTES;
    return length < MAX_FRAMES && this.#records < MAX_LOOSE_RECORDS;
  }

  /** A frame is sent. */
  add(count: number, bytes: number): SentFrame {
    const frame: SentFrame = { count, bytes, position: undefined };
    this.#bytes += bytes;
    this.#records += count;
    this.#frames.push(frame);
    return frame;
  }

  /** Whether it is still of interest: not after everything was given up on, to be sent again. */
  has(frame: SentFrame): boolean {
    return this.#frames.includes(frame);
  }

  /**
   * Takes out the first frame if it is confirmed: stored, and behind the one before.
   * @returns the number of its records; `misplaced` if it was stored before what receivers must see first; else nothing
   */
  confirmFirst(): number | 'misplaced' | undefined {
    const [first] = this.#frames;
    if (first?.position === undefined) return undefined;
    if (first.position <= this.#lastPosition) return 'misplaced';
    this.#frames.shift();
    this.#bytes -= first.bytes;
    this.#records -= first.count;
    this.#lastPosition = first.position;
    return first.count;
  }

  /** Gives up on all of them: they will be sent again. */
  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
    this.#records = 0;
    this.#lastPosition = -Infinity;
  }
}
