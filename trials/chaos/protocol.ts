/** How long the nodes wait for one that is silent, in heartbeats. */
export const BEATS_UNTIL_LOST = 8;

/** Large enough for the whole run: what it no longer kept would be a gap, and no fault of the bridge. */
export const STREAM = { name: 'CHAOS', maxBytes: 2_000_000_000 } as const;

/** What a node is started with. */
export interface NodeSettings {
  readonly eid: string;
  /** Counts the processes that were this node. */
  readonly life: number;
  readonly url: string;
  readonly heartbeatMs: number;
  /** How long it waits for an answer of the server. */
  readonly timeoutMs: number;
  /** Whether it makes the stream anew when that is gone; the others wait until somebody has. */
  readonly makesStream: boolean;
}

/** What the run tells a node. */
export type Command =
  /** Publish so many messages, over about so long, then say `published` once they are confirmed. */
  | { readonly type: 'publish'; readonly count: number; readonly durationMs: number }
  /** Let each handler take so long from now on. */
  | { readonly type: 'slow'; readonly handlerMs: number }
  /** Let the wall clock be so far ahead. */
  | { readonly type: 'clock'; readonly aheadMs: number }
  /** Say what the caches hold. */
  | { readonly type: 'view' }
  /** Say everything: the ledger, the figures. */
  | { readonly type: 'report' }
  /** Leave the group and end. */
  | { readonly type: 'close' };

/** What a node says. */
export type Answer =
  | { readonly type: 'ready' }
  /** Now and then while it publishes: how far it is, and how far that is confirmed, by lane. */
  | { readonly type: 'progress'; readonly lanes: readonly LaneProgress[] }
  | { readonly type: 'published'; readonly lanes: readonly LaneProgress[] }
  | { readonly type: 'view'; readonly view: View }
  | { readonly type: 'report'; readonly report: NodeReport }
  /** A promise was broken. */
  | { readonly type: 'violation'; readonly text: string }
  | { readonly type: 'closed' };

/** What the caches of a node hold. */
export interface View {
  /** Itself and those whom it sees. */
  readonly members: number;
  /** The same on every node when they agree. */
  readonly digest: string;
  /** How it begins, to be read. */
  readonly text: string;
}

/** How far a node is in a lane. */
export interface LaneProgress {
  readonly lane: string;
  /** The number of the last message that was published. */
  readonly published: number;
  /** At least up to here it is confirmed. */
  readonly confirmed: number;
  /** The number of the last record in the lane, snapshots and marks counted. */
  readonly place: number;
}

/** What a node has received of one life of another node, on one lane. */
export interface Received {
  readonly eid: string;
  /** 0 when nothing has come, and something was told to be gone: of which life, nobody says. */
  readonly life: number;
  readonly lane: string;
  readonly first: number;
  /** Messages that were told to be gone before the first one. */
  readonly toldBefore: number;
  readonly last: number;
  /** The place in the lane of the last one. */
  readonly place: number;
  readonly count: number;
  /** Messages that were told to be gone after the last one. */
  readonly told: number;
}

/** All that a node has to say. */
export interface NodeReport {
  readonly lanes: readonly LaneProgress[];
  readonly received: readonly Received[];
  readonly duplicatesDropped: number;
  readonly gaps: number;
  readonly missed: number;
  readonly dropped: number;
  readonly retries: number;
  readonly snapshots: number;
  readonly lost: number;
  /** How often two processes seemed to be the same node. */
  readonly duplicateEids: number;
  readonly maxOutbox: number;
  /** Frames that wait for room in the mailboxes. */
  readonly depth: number;
}
