/** Frames of a lane that may be unconfirmed at a time. */
const MAX_FRAMES = 8;

/** A frame on its way. */
export interface SentFrame {
  /** How many records are in it. */
  readonly count: number;
  /** Where it was stored, once that is known. */
  position: number | undefined;
}

/** The frames of one lane that are on their way, in the order of sending. */
export class FrameWindow {
  #frames: SentFrame[] = [];
  /** Where the last frame that was confirmed is stored. */
  #lastPosition = -Infinity;

  get isFull(): boolean {
    return this.#frames.length >= MAX_FRAMES;
  }

  /** A frame is sent. */
  add(count: number): SentFrame {
    const frame: SentFrame = { count, position: undefined };
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
    this.#lastPosition = first.position;
    return first.count;
  }

  /** Gives up on all of them: they will be sent again. */
  clear(): void {
    this.#frames = [];
    this.#lastPosition = -Infinity;
  }
}
