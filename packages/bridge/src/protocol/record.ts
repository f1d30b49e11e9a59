/** The longest name of a pooled topic that crosses. */
export const MAX_CHILD_LENGTH = 4096;

/** What a record is. */
export const RecordKind = {
  /** A message was published. */
  message: 0,
  /** A snapshot was cleared. */
  clear: 1,
  /** The snapshots of the lane, all that there are at this point, can be had from the bus itself. */
  begin: 2,
  /** One of them: in no lane, only said to those who want it. */
  snapshot: 3,
  /** The bus leaves: nothing follows. */
  leave: 4,
  /** A pooled topic has ended. */
  over: 5,
} as const;

/** One of {@link RecordKind}. */
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** One message or mark in a lane, but for its data. */
export interface RecordHead {
  readonly kind: RecordKind;
  /** Name of the message type; empty for a mark. */
  readonly type: string;
  /** The number of the message in its lane and type, on its bus; of a snapshot: the last one when it was taken. */
  readonly number: number;
  readonly timestamp: number;
  /** The pooled topic's name in its pool; null for the named topic itself. */
  readonly child: string | null;
}

/** A record that has come. */
export interface LaneRecord extends RecordHead {
  /** As JSON gave it. */
  readonly data: unknown;
}
