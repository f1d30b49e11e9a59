/** What something costs when there are so many of it. */
export interface ScalePoint {
  readonly count: number;
  /** Of one publish or delivery. */
  readonly nanoseconds: number;
  /** Of the heap, for each. */
  readonly bytes: number;
}

/** Something of which there may be few or many. */
export interface Scale {
  /** For `run-part`. */
  readonly name: string;
  /** What there is more and more of. */
  readonly what: string;
  /** What is timed. */
  readonly timed: string;
  readonly counts: readonly number[];
  /** Makes so many, and what is to be timed. */
  make(count: number): Scaled;
}

/** So many, made. */
export interface Scaled {
  /** Publishes about so many messages, and resolves when all have been handled. Returns how many publishes or deliveries that were. */
  publish(messages: number): Promise<number>;
}
