import type { BridgeEvent } from '../ground/events.js';

/** How many epochs that have said farewell are remembered. */
const MAX_LEFT = 256;

/** Another bus, as far as one has heard of it. */
interface Peer {
  epoch: string;
  former: string | undefined;
  /** Heartbeats since it was last heard. */
  silence: number;
  /** An epoch that was heard within the heartbeat in which it had changed already: it waits for the next one. */
  next: string | undefined;
  hasChanged: boolean;
  /** It has said farewell in one lane; others may still bring what was before that. */
  isLeaving: boolean;
}

/** What a membership is given. */
export interface MembershipContext {
  /** Heartbeats that may pass without a sign of life before a peer is lost. */
  readonly maxSilence: number;
  readonly emit: (event: BridgeEvent) => void;
  /** The peer is there. */
  readonly joined: (peer: string) => void;
  /** It has said farewell. */
  readonly left: (peer: string) => void;
  /** It has not been heard for too long. */
  readonly lost: (peer: string) => void;
}

/**
 * Who takes part. Time is measured in heartbeats: in what this bus's own timer has measured, as long as its beats come
 * back. While the transport is down, or frozen, or this process was, none comes back, and nobody is taken for lost because
 * nothing could be heard.
 */
export class Membership {
  readonly #peers = new Map<string, Peer>();
  readonly #left: string[] = [];
  readonly #context: MembershipContext;

  constructor(context: MembershipContext) {
    this.#context = context;
  }

  /** The entity ids of those who are there, in the order in which they came. */
  get eids(): string[] {
    return [...this.#peers].flatMap(([eid, { isLeaving }]) => (isLeaving ? [] : eid));
  }

  /** Whether it is there. */
  has(eid: string): boolean {
    return this.#peers.get(eid)?.isLeaving === false;
  }

  /** Whether this was the epoch of its last sign of life. */
  isLiving(eid: string, epoch: string): boolean {
    return this.#peers.get(eid)?.epoch === epoch;
  }

  /** A sign of life. */
  heard(eid: string, epoch: string): void {
    if (this.#left.includes(epoch)) return;
    const peer = this.#peers.get(eid);
    if (peer === undefined) {
      const joining = { epoch, former: undefined, next: undefined, hasChanged: false, silence: 0, isLeaving: false };
      this.#peers.set(eid, joining);
      this.#joined(eid, epoch);
      return;
    }
    peer.silence = 0;
    if (peer.epoch === epoch) return;
    if (peer.former === epoch) this.#context.emit({ type: 'duplicate-eid', peer: eid });
    else if (peer.hasChanged) peer.next = epoch;
    else this.#change(eid, peer, epoch);
  }

  /**
   * A frame has come. It may have been stored for long, by a life that is over: it tells of no other one, and of nobody who
   * says that he is the same.
   */
  received(eid: string, epoch: string): void {
    const peer = this.#peers.get(eid);
    if (peer === undefined) this.heard(eid, epoch);
    else peer.silence = 0;
  }

  /** The connection is back: what could not be heard before it counts for nobody. */
  startAgain(): void {
    for (const peer of this.#peers.values()) peer.silence = 0;
  }

  /** The bus has said farewell in a lane. */
  left(eid: string, epoch: string): void {
    if (this.#left.includes(epoch)) return;
    this.#left.push(epoch);
    if (this.#left.length > MAX_LEFT) this.#left.shift();
    const peer = this.#peers.get(eid);
    if (peer === undefined || (peer.epoch !== epoch && peer.next !== epoch)) return;
    peer.next = undefined;
    peer.isLeaving = true;
    this.#context.left(eid);
    this.#context.emit({ type: 'peer-left', peer: eid, reason: 'left' });
  }

  /** A heartbeat is over in which this bus could hear the others. */
  tick(): void {
    for (const [eid, peer] of [...this.#peers]) {
      const { next } = peer;
      peer.hasChanged = false;
      peer.next = undefined;
      if (next !== undefined) this.#change(eid, peer, next);
      if (++peer.silence <= this.#context.maxSilence) continue;
      this.#peers.delete(eid);
      this.#context.lost(eid);
      if (!peer.isLeaving) this.#context.emit({ type: 'peer-left', peer: eid, reason: 'lost' });
    }
  }

  /** It has started again. More than once a heartbeat that is not told of: whoever does so is not to keep others busy. */
  #change(eid: string, peer: Peer, epoch: string): void {
    peer.former = peer.epoch;
    peer.epoch = epoch;
    peer.hasChanged = true;
    peer.isLeaving = false;
    this.#joined(eid, epoch);
  }

  #joined(eid: string, epoch: string): void {
    this.#context.joined(eid);
    this.#context.emit({ type: 'peer-joined', peer: eid, epoch });
  }
}
