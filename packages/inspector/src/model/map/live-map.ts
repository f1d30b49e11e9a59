import type { Model } from '../model.js';
import type { SubscriptionRow } from '../subscriptions/subscription-row.js';
import type { MapEdge, MapNode } from './map-graph.js';

/** How a node stands: `congested` are waiting messages above high water, `failing` and `dropping` have happened lately. */
export type MapState = 'fine' | 'paused' | 'congested' | 'dropping' | 'failing';

/** What goes on at a node now. */
export interface LiveNode {
  /** Messages a second. */
  readonly rate: number;
  /** Messages that wait. */
  readonly depth: number;
  readonly state: MapState;
  /** How many of those that it stands for are in that state. */
  readonly inState: number;
  /** Entries of the caches that it stands for. */
  readonly entries?: number;
}

/** Reads rates of the map's nodes and edges; for one moment, so that nothing is added up twice. */
export class LiveMap {
  readonly #model: Model;
  readonly #now: number;
  readonly #flows = new Map<string, number>();
  readonly #sources = new Map<string, string[]>();

  constructor(model: Model) {
    this.#model = model;
    this.#now = model.now;
    for (const { from, to } of model.description?.forwards ?? []) {
      const sources = this.#sources.get(to);
      if (sources === undefined) this.#sources.set(to, [from]);
      else sources.push(from);
    }
  }

  node({ kind, topics, subscriptions, caches, id }: MapNode): LiveNode {
    if (caches !== undefined) return { ...QUIET, entries: this.#entries(caches) };
    if (kind === 'peer') return { rate: this.#peerRate(id.slice('peer '.length)), depth: 0, state: 'fine', inState: 0 };
    const rows = subscriptions.flatMap((each) => this.#model.subscriptions.get(each) ?? []);
    const published = topics.reduce((sum, topic) => sum + this.#publishedOn(topic), 0);
    const rate = rows.reduce((sum, row) => sum + row.rate(this.#now), published);
    return { rate, depth: rows.reduce((sum, { depth }) => sum + depth, 0), ...stateOfAll(rows, this.#now) };
  }

  /** Messages a second. */
  edge({ topics, subscriptions, peer }: MapEdge): number {
    if (peer !== undefined) return this.#peerRate(peer, topics);
    const flow = topics.reduce((sum, topic) => sum + this.#flow(topic), 0);
    return subscriptions.reduce((sum, id) => sum + (this.#model.subscriptions.get(id)?.rate(this.#now) ?? 0), flow);
  }

  #entries(caches: readonly string[]): number {
    const known = caches.map((updates) => this.#model.caches.get(updates));
    return known.reduce(
      (sum, cache) =>
        sum + (cache === undefined ? 0 : Math.max(cache.size, cache.written === 0 ? (cache.described ?? 0) : 0)),
      0,
    );
  }

  #publishedOn(topic: string): number {
    return this.#model.topics.get(topic)?.rate(this.#now) ?? 0;
  }

  /** What is published there, and what comes from elsewhere: across several forwards, and once on whatever ways. */
  #flow(topic: string): number {
    const known = this.#flows.get(topic);
    if (known !== undefined) return known;
    const reached = new Set([topic]);
    let flow = 0;
    for (const each of reached) {
      flow += this.#publishedOn(each);
      for (const source of this.#sources.get(each) ?? []) reached.add(source);
    }
    this.#flows.set(topic, flow);
    return flow;
  }

  #peerRate(eid: string, only?: readonly string[]): number {
    const peer = this.#model.peers.all().find((each) => each.eid === eid);
    let sum = 0;
    for (const [topic, meter] of peer?.topics ?? []) {
      if (only?.includes(topic) !== false) sum += meter.perSecond(this.#now);
    }
    return sum;
  }
}

/** How a subscription stands. */
export function stateOfSubscription(row: SubscriptionRow, now: number): MapState {
  if (row.hasFailedLately(now)) return 'failing';
  if (row.hasDroppedLately(now)) return 'dropping';
  if (row.isCongested) return 'congested';
  return row.isPaused ? 'paused' : 'fine';
}

const QUIET: LiveNode = { rate: 0, depth: 0, state: 'fine', inState: 0 };

const SEVERITY: readonly MapState[] = ['failing', 'dropping', 'congested', 'paused'];

function stateOfAll(rows: readonly SubscriptionRow[], now: number): Pick<LiveNode, 'state' | 'inState'> {
  const counts = new Map<MapState, number>();
  for (const row of rows) {
    const state = stateOfSubscription(row, now);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const state = SEVERITY.find((each) => counts.has(each)) ?? 'fine';
  return { state, inState: counts.get(state) ?? 0 };
}
