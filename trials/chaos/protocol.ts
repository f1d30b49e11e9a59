/** How long the nodes wait for one that is silent, in heartbeats. */
export const BEATS_UNTIL_LOST = 8;

/** What the run tells a node. */
export type Command =
  /** Publish so many messages, over about so long, then say `published` once they are confirmed. */
  | { readonly type: 'publish'; readonly count: number; readonly durationMs: number }
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
  | { readonly type: 'view'; readonly view: string }
  | { readonly type: 'report'; readonly report: NodeReport }
  /** A promise was broken. */
  | { readonly type: 'violation'; readonly text: string }
  | { readonly type: 'closed' };

/** How far a node is in a lane. */
export interface LaneProgress {
  readonly lane: string;
  /** The number of the last message that was published. */
  readonly published: number;
  /** At least up to here it is confirmed. */
  readonly confirmed: number;
}

/** What a node has received of one life of another node, on one lane. */
export interface Received {
  readonly eid: string;
  readonly life: number;
  readonly lane: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** All that a node has to say in the end. */
export interface NodeReport {
  readonly received: readonly Received[];
  readonly duplicatesDropped: number;
  readonly gaps: number;
  readonly dropped: number;
  readonly retries: number;
  readonly snapshots: number;
  readonly lost: number;
  readonly maxOutbox: number;
}
