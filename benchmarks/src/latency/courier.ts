/** One way to get a message to one handler, whose latency is measured. */
export interface Courier {
  readonly name: string;
  /**
   * Makes it anew. Returns what publishes one message.
   *
   * @param handled to be called by the handler, for each message, in the order of publishing
   */
  readonly make: (handled: () => void) => Publish | Promise<Publish>;
}

/** Publishes one message. */
export type Publish = () => void;
