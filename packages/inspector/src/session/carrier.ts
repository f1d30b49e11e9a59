/** What carries texts between an inspected bus and one client. */
export interface Carrier {
  /** Sends a text. Must not throw, also when it is closed. */
  send(text: string): void;
  /** How many bytes wait to be sent; 0 where that cannot be known. */
  readonly bufferedBytes: number;
  /** Ends it, with a word on why. */
  close(reason: string): void;
  /** Has the listener told of what comes; called once. */
  listen(listener: CarrierListener): void;
}

/** Who is told of what comes. */
export interface CarrierListener {
  /** Something has come, usually a text. */
  received(text: unknown): void;
  /** Nothing will come any more. */
  closed(): void;
}
