/** What stands on the map. */
export type MapNodeKind =
  'topic' | 'pool' | 'group' | 'subscription' | 'subscriptions' | 'router' | 'bridge' | 'cache' | 'peer' | 'more';

/** A part of the bus on the map, or several folded into one. */
export interface MapNode {
  /** Unique on the map, and the same as long as the part is there. */
  readonly id: string;
  readonly kind: MapNodeKind;
  readonly title: string;
  /** A few words more: routes of a router, how many there are. */
  readonly note: string;
  /** The topics that it stands for. */
  readonly topics: readonly string[];
  /** Ids of the subscriptions that it stands for. */
  readonly subscriptions: readonly string[];
  /** The caches that it stands for, by the names of the topics of their updates. */
  readonly caches?: readonly string[];
  /** Whether there is more in it than is shown: it can be unfolded. */
  readonly isFolded: boolean;
  /** Id of the fold that it was unfolded from: that can be folded again. */
  readonly fold?: string;
  /** Whether it is one of those that are looked for. */
  readonly isFound: boolean;
}

/** How messages go from one to the other. */
export interface MapEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'forward' | 'subscription' | 'cache' | 'peer';
  /** The topics that messages come from, of a forward, a cache or a peer. */
  readonly topics: readonly string[];
  /** Ids of the subscriptions that they go to. */
  readonly subscriptions: readonly string[];
  /** The peer whose messages they are. */
  readonly peer?: string;
}

/** How the parts of a bus hang together, folded so far that it can be looked at. */
export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** The same for two graphs of which one can be laid out like the other. */
  readonly signature: string;
}

/** What of the map is shown. */
export interface MapView {
  /** Ids of the folds that are unfolded. */
  readonly unfolded: ReadonlySet<string>;
  /** A part of the names that are looked for; empty for none. */
  readonly search: string;
}
