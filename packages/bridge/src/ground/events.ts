/** Why something that arrived was dropped. */
export type Rejection =
  /** Not what bridges write: broken bytes, truncated, a version from the future, fields that cannot be. */
  | 'malformed'
  /** Larger than `maxFrameBytes`. */
  | 'oversized'
  /** Nested deeper than 64 levels, or with a key that would reach an object's prototype. */
  | 'hostile'
  /** A message type that this bridge does not let cross. */
  | 'unknown-type'
  /** The codec failed, or the type's schema found fault with it. */
  | 'invalid'
  /** On a pooled topic more than `maxPooledTopics`. */
  | 'too-many-topics'
  /** It says that it comes from another bus than the place where it was found belongs to. */
  | 'forged';

/** What happens to a bridge. `peer` is the entity id of another bus, `topic` the name of a bridged topic or of a pool's parent. */
export type BridgeEvent =
  /** It takes part: what others publish arrives from here on. */
  | { readonly type: 'open' }
  /** The transport has lost its connection; what is published meanwhile waits in the outbox. */
  | { readonly type: 'disconnected' }
  /** The connection is back; the outbox is being sent. */
  | { readonly type: 'connected' }
  /** Another bus takes part; after a restart too, under another epoch. */
  | { readonly type: 'peer-joined'; readonly peer: string; readonly epoch: string }
  /** It has left by itself, or nothing has been heard of it for too long. Its entries leave the caches. */
  | { readonly type: 'peer-left'; readonly peer: string; readonly reason: 'left' | 'lost' }
  /** Messages of a peer are gone for good: so many. For topics with caches a snapshot exchange follows. */
  | { readonly type: 'gap'; readonly peer: string; readonly topic: string; readonly missed: number }
  /** The peer's snapshots of a topic are in: this many entries, and this many that were not among them are cleared. */
  | {
      readonly type: 'snapshot';
      readonly peer: string;
      readonly topic: string;
      readonly entries: number;
      readonly cleared: number;
    }
  /** The outbox had no room: so many of the oldest messages since it last had room will never be sent. */
  | { readonly type: 'outbox-overflow'; readonly topic: string; readonly dropped: number }
  /**
   * A message published here cannot cross: the codec failed, it is larger than a frame may be, or its pooled topic's name
   * is too long.
   */
  | { readonly type: 'unsendable'; readonly topic: string; readonly messageType: string; readonly error: unknown }
  /** Sending failed, and is tried again, in order, from what was not confirmed. */
  | { readonly type: 'retry'; readonly topic: string; readonly error: unknown }
  /** Something that arrived was dropped; nothing else is touched by it. */
  | {
      readonly type: 'rejected';
      readonly peer: string;
      readonly topic: string;
      readonly reason: Rejection;
      readonly error: unknown;
      /** How many records: those of one frame are told of together, with what was wrong with the first. */
      readonly records: number;
    }
  /** Another process says that it is this entity, two say that they are the same, or a bus has joined the group twice. */
  | { readonly type: 'duplicate-eid'; readonly peer: string }
  /** Something failed that is not the fault of a message. It is tried again where that makes sense. */
  | { readonly type: 'error'; readonly error: unknown }
  /** It has left, and nothing happens any more. */
  | { readonly type: 'closed' };
