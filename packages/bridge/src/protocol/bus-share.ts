import type { Bus } from '@stasis-rx/core';
import { RangeSet } from '../ground/range-set.js';
import { randomText } from '../ground/text.js';
import { PooledTopics } from './pooled-topics.js';

const SHARE: unique symbol = Symbol.for('stasis-rx.bridges.2') as never;

/** How many buses' numbers are remembered. */
const MAX_PEERS = 1024;

/** What the numbers of another bus are counted in: its incarnation, and what has been seen of each lane and type. */
interface SeenOf {
  readonly incarnation: string;
  readonly numbers: Map<string, RangeSet>;
}

/** The last number that was given. */
export interface Counter {
  last: number;
}

/** A bridge, as far as the others of its bus ask for it. */
export interface PeerHolder {
  /** Whether the topic, or the pool, crosses by it. */
  takes(lane: string): boolean;
}

/** What is to be done about a peer and a lane when no bridge sees them any more. */
interface Owed {
  readonly lane: string;
  readonly act: () => void;
}

/**
 * What all bridges of one bus share, so that a message that comes through two of them is delivered once, and a bus that
 * has left through one of them and is still there through another keeps its entries, until it has left through that too.
 *
 * Messages are numbered for each lane and type: every bridge that carries the type carries all of the numbers.
 */
export class BusShare {
  /** This bus, in this process: numbers start again with every incarnation. */
  readonly incarnation: string = randomText();
  /** Of each lane and type. */
  readonly #counters = new Map<string, Counter>();
  readonly #seen = new Map<string, SeenOf>();
  readonly #pooled = new Map<string, PooledTopics>();
  readonly #holders = new Map<string, Set<PeerHolder>>();
  /** By peer and by who owes it. */
  readonly #owed = new Map<string, Map<object, Owed>>();

  /** Who uses which topics of a lane's pool. */
  pooled(lane: string): PooledTopics {
    const pooled = this.#pooled.get(lane) ?? new PooledTopics();
    this.#pooled.set(lane, pooled);
    return pooled;
  }

  /** What holds the last number that any bridge has given for a lane and type. */
  counter(key: string): Counter {
    const counter = this.#counters.get(key) ?? { last: 0 };
    this.#counters.set(key, counter);
    return counter;
  }

  /** What has been seen of a lane and type of another bus. */
  seen(peer: string, incarnation: string, key: string): RangeSet {
    let ranges = this.#seenOf(peer, incarnation).numbers.get(key);
    if (ranges === undefined) this.#seenOf(peer, incarnation).numbers.set(key, (ranges = new RangeSet()));
    return ranges;
  }

  /** The bridge sees the peer. */
  hold(peer: string, holder: PeerHolder): void {
    const holders = this.#holders.get(peer);
    if (holders === undefined) this.#holders.set(peer, new Set([holder]));
    else holders.add(holder);
  }

  /** The bridge does not see the peer any more. */
  release(peer: string, holder: PeerHolder): void {
    const holders = this.#holders.get(peer);
    if (holders?.delete(holder) === true && holders.size === 0) this.#holders.delete(peer);
  }

  /** Whether a bridge of this bus, other than the exception, sees the peer on a lane. */
  isHeld(peer: string, lane: string, except?: PeerHolder): boolean {
    for (const holder of this.#holders.get(peer) ?? []) if (holder !== except && holder.takes(lane)) return true;
    return false;
  }

  /** Something is to be done once no bridge sees the peer on the lane; once, however often it is owed. */
  owe(peer: string, by: object, owed: Owed): void {
    const owing = this.#owed.get(peer) ?? new Map<object, Owed>();
    this.#owed.set(peer, owing.set(by, owed));
  }

  /** Does what is owed for the lanes on which no bridge sees the peer any more. */
  settle(peer: string): void {
    const owing = this.#owed.get(peer) ?? [];
    for (const [by, { lane, act }] of owing) {
      if (this.isHeld(peer, lane)) continue;
      this.#owed.get(peer)?.delete(by);
      act();
    }
    if (this.#owed.get(peer)?.size === 0) this.#owed.delete(peer);
  }

  #seenOf(peer: string, incarnation: string): SeenOf {
    const known = this.#seen.get(peer);
    if (known?.incarnation === incarnation) return known;
    const seen: SeenOf = { incarnation, numbers: new Map<string, RangeSet>() };
    this.#seen.delete(peer);
    this.#seen.set(peer, seen);
    if (this.#seen.size > MAX_PEERS) this.#forgetOne();
    return seen;
  }

  /** The oldest that no bridge sees, if there is one: tabs come and go, servers stay. */
  #forgetOne(): void {
    const peers = [...this.#seen.keys()];
    this.#seen.delete(peers.find((peer) => !this.#holders.has(peer)) ?? (peers[0] as string));
  }
}

/** What the bridges of a bus share, whichever loaded copy of this package made them. */
export function shareOf(bus: Bus): BusShare {
  const holder = bus as Bus & { [SHARE]?: BusShare };
  if (holder[SHARE] === undefined) Object.defineProperty(bus, SHARE, { value: new BusShare() });
  return holder[SHARE] as BusShare;
}
