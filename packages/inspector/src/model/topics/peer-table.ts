import type { PublishedRecord } from '../../protocol/records.js';
import { RateMeter } from '../ground/rate-meter.js';

/** Somebody else whose messages come in over a bridge. */
export interface PeerRow {
  /** The entity that it is. */
  readonly eid: string;
  /** How many of its messages were published here. */
  readonly published: number;
  /** Where, and how many a second there. */
  readonly topics: ReadonlyMap<string, RateMeter>;
}

/** How many are told apart; whoever comes later is not listed. */
const MOST_PEERS = 200;

/** Who else's messages are published on this bus: every message names the entity that made it. */
export class PeerTable {
  readonly #rows = new Map<string, LivePeer>();
  /** The bus's own entity, and what stands for it. */
  readonly #own = new Set(['local', '']);

  all(): PeerRow[] {
    return [...this.#rows.values()];
  }

  /** @param eid the bus itself */
  exclude(eid: string): void {
    this.#own.add(eid);
    this.#rows.delete(eid);
  }

  publish({ eid, topic, at }: PublishedRecord): void {
    if (typeof eid !== 'string' || this.#own.has(eid)) return;
    const row = this.#rows.get(eid) ?? this.#add(eid);
    if (row === undefined) return;
    row.published++;
    const meter = row.topics.get(topic) ?? new RateMeter();
    row.topics.set(topic, meter);
    meter.add(at);
  }

  #add(eid: string): LivePeer | undefined {
    if (this.#rows.size >= MOST_PEERS) return undefined;
    const row = { eid, published: 0, topics: new Map<string, RateMeter>() };
    this.#rows.set(eid, row);
    return row;
  }
}

interface LivePeer extends PeerRow {
  published: number;
  readonly topics: Map<string, RateMeter>;
}
