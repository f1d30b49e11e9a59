/** What a bridge has done so far, and what waits. Plain JSON; a snapshot. */
export interface BridgeStatistics {
  /** This bus's entity id. */
  readonly eid: string;
  /** This bridge, in this process. */
  readonly epoch: string;
  /** Whether frames can be sent and received now. */
  readonly isConnected: boolean;
  /** Entity ids of the other buses that take part. */
  readonly peers: readonly string[];
  /** What waits to be sent or confirmed. */
  readonly outbox: {
    /** Messages; those that are in flight are among them. */
    readonly messages: number;
    /** Bytes as they are on the wire, or somewhat more. */
    readonly bytes: number;
    /** The most messages that ever waited. */
    readonly maxMessages: number;
    /** Messages given up for want of room, ever. */
    readonly dropped: number;
  };
  /** One for each bridged topic or pool. */
  readonly topics: readonly TopicBridgeStatistics[];
}

/** One bridged topic, or a pool with its parent. */
export interface TopicBridgeStatistics {
  /** Its name; of a pool that of the parent. */
  readonly topic: string;
  /** Records that were queued: messages, snapshots and marks. */
  readonly queued: number;
  /** Of them, those that wait to be confirmed. */
  readonly waiting: number;
  /** Of those, those that are in flight. */
  readonly inFlight: number;
  /** Messages given up for want of room. */
  readonly dropped: number;
  /** Messages of others that were published here; snapshots are among them. */
  readonly delivered: number;
  /** Records that came again and were dropped. */
  readonly duplicates: number;
  /** Messages of others that were dropped: unknown, broken, hostile. */
  readonly rejected: number;
  /** How often messages were found to be gone. */
  readonly gaps: number;
  /** How many they were. */
  readonly missed: number;
  /** Frames that have arrived and wait for room in the topic's mailboxes. */
  readonly depth: number;
  /**
   * Frames that are stored for this bus and have not arrived, as of the last time that statistics were read: that is when the
   * transport is asked. `null` before the first answer. Where topics share a reader, those of all of them together.
   */
  readonly lag: number | null;
}
