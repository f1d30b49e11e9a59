/** What a link tells its owner. Nothing is told from inside the call that opens it. */
export interface LinkEvents {
  /** Packets can be written. Told once, and not after `close` or `destroy`. */
  onOpen(): void;
  /** There is room again, after a write that returned false. */
  onDrain(): void;
  /**
   * The link is gone, or could not be opened. Told once, and nothing after it; not told after `close` or `destroy`.
   *
   * @param isUnsent whether what was written and not taken has certainly not been sent, and so can be sent again; by default
   *   nobody knows
   */
  onLost(error?: Error, isUnsent?: boolean): void;
}

/** One socket, from opening it to its end. */
export interface Link {
  /**
   * Hands a packet to the socket.
   *
   * @param onWritten called when the system has taken it, or with the error when that packet alone failed, on a later turn;
   *   never when the link is lost first
   * @returns false when the next packet should wait for `onDrain`
   */
  write(text: string, onWritten: (error?: Error | null) => void): boolean;
  /** Ends the link once everything that was written has left. @param onClosed called when its socket is closed */
  close(onClosed: () => void): void;
  /** Ends the link at once. */
  destroy(): void;
  /** Whether the link keeps the process alive. */
  setRef(isReferenced: boolean): void;
}

/** Starts to open a link. May throw, for what the system refuses at once. */
export type OpenLink = (events: LinkEvents) => Link;
