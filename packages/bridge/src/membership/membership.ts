import type { BridgeEvent } from '../ground/events.js';

/** How many epochs that have said farewell are remembered. */
const MAX_LEFT = 256;

/** Another bus, as far as one has heard of it. */
interface Peer {
  epoch: string;
  former: string | undefined;
  /** Own beats that came back since it was last heard. */
  silence: number;
  /** It has said farewell in one lane; others may still bring what was before that. */
  isLeaving: boolean;
}

/** What a membership is given. */
export interface MembershipContext {
  /** Own beats that may come back without a sign of life before a peer is lost. */
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
 * Who takes part. Time is measured in own beats that came back: while the transport is down, or frozen, or this process
 * was, none comes back, and nobody is taken for lost because nothing could be heard.
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

  /** A sign of life. */
  heard(eid: string, epoch: string): void {
    if (this.#left.includes(epoch)) return;
    const peer = this.#peers.get(eid);
    if (peer === undefined) {
      this.#peers.set(eid, { epoch, former: undefined, silence: 0, isLeaving: false });
      this.#joined(eid, epoch);
      return;
    }
    peer.silence = 0;
    if (peer.epoch === epoch) return;
    if (peer.former === epoch) {
      this.#context.emit({ type: 'duplicate-eid', peer: eid });
      return;
    }
    peer.former = peer.epoch;
    peer.epoch = epoch;
    peer.isLeaving = false;
    this.#joined(eid, epoch);
  }

  /** The bus has said farewell in a lane. */
  left(eid: string, epoch: string): void {
    if (this.#left.includes(epoch)) return;
    this.#left.push(epoch);
    if (this.#left.length > MAX_LEFT) this.#left.shift();
    const peer = this.#peers.get(eid);
    if (peer?.epoch !== epoch) return;
    peer.isLeaving = true;
    this.#context.left(eid);
    this.#context.emit({ type: 'peer-left', peer: eid, reason: 'left' });
  }

  /** An own beat has come back. */
  tick(): void {
    for (const [eid, peer] of [...this.#peers]) {
      if (++peer.silence <= this.#context.maxSilence) continue;
      this.#peers.delete(eid);
      this.#context.lost(eid);
      if (!peer.isLeaving) this.#context.emit({ type: 'peer-left', peer: eid, reason: 'lost' });
    }
  }

  #joined(eid: string, epoch: string): void {
    this.#context.joined(eid);
    this.#context.emit({ type: 'peer-joined', peer: eid, epoch });
  }
}
