/** Reads frames of some lanes from the stream, in order, for as long as it is open. */
export interface StreamReader {
  /** Resolves when it reads; whatever goes wrong later is tried again. */
  open(): Promise<void>;
  /** How many frames of a lane may be on their way. */
  lag(lane: string): Promise<number>;
  /** The connection is lost, or back. */
  restart(isConnected: boolean): void;
  close(): Promise<void>;
}
