/** What carries a bridge's frames. Whoever writes one gives it to `createBridge` and runs `bridgeContract` on it. */
export interface BridgeTransport {
  /** The package that it belongs to: stands in front of errors, as `[nats]`. */
  readonly name: string;
  /** The function that its users call, as errors name it. Default: `bridge`. */
  readonly call?: string;
  /** The largest frame that it takes, in bytes. It may become another one with a connection that comes back. */
  readonly maxFrameBytes: number;
  /**
   * Starts to receive. Resolves once everything that is sent from then on will arrive.
   * @param receiver told from now on, until `close`
   */
  open(receiver: TransportReceiver): Promise<void>;
  /**
   * Sends a frame to every bus that takes this lane, the own one too or not. Frames of one lane may be handed over
   * before earlier ones have been confirmed.
   *
   * @returns where it was stored: of two frames of one lane the one that all receivers see first has the lower number.
   * Rejects when it may not have been stored; it may have been nevertheless
   */
  send(lane: string, frame: string): Promise<number>;
  /** Says something to every bus that is there now, **the own one included**. It may get lost. */
  announce(text: string): void;
  /**
   * Says something to one bus. It may get lost. Where nobody can be spoken to alone it may be announced, or left out here:
   * then it is. Who it is not for passes over it.
   */
  whisper?(peer: string, text: string): void;
  /** How many frames of a lane are stored and have not been handed to the receiver, as far as that can be known. */
  lag(lane: string): Promise<number>;
  /** Stops receiving and lets go of what it opened. It leaves alone what it was given: a connection, for instance. */
  close(): Promise<void>;
}

/** What a transport tells its bridge. None of its functions throws. */
export interface TransportReceiver {
  /** Which entity this bus is: the address under which others find its frames. */
  readonly eid: string;
  /** The lanes to receive: topic names. */
  readonly lanes: readonly string[];
  /**
   * A frame of a lane, in the order in which they are stored. Returns nothing when its messages are in the bus's
   * mailboxes, else a promise of that: the transport acknowledges a frame after that, and takes only so many meanwhile.
   * @param peer the entity at whose address it was found, where the transport knows such a thing
   */
  receive(lane: string, peer: string | undefined, frame: Uint8Array | string): Promise<void> | undefined;
  /** Something that was announced, or whispered to this bus. */
  hear(peer: string | undefined, text: Uint8Array | string): void;
  /** Frames can be sent from now on. Not called for the connection that `open` found. */
  connected(): void;
  /** What has been sent and was not confirmed must be sent again, once connected. */
  disconnected(): void;
  /** Something failed that the transport goes on trying. */
  failed(error: unknown): void;
  /** The transport will never work again: the bridge ends. */
  ended(error: unknown): void;
}
