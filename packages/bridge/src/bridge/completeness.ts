import type { Membership } from '../membership/membership.js';
import type { RemoteOrigin } from '../receiving/remote-origin.js';
import type { BridgeLane } from './bridge-lane.js';

/** Whether all that the others had is in: asked again and again while peers × topics come in, so it is quick as long as not. */
export class Completeness {
  readonly #lanes: ReadonlyMap<string, BridgeLane>;
  readonly #membership: Pick<Membership, 'eids' | 'has'>;
  /** One of those whose snapshots were wanting when it was last looked. */
  #wanting: RemoteOrigin | undefined;

  constructor(lanes: ReadonlyMap<string, BridgeLane>, membership: Pick<Membership, 'eids' | 'has'>) {
    this.#lanes = lanes;
    this.#membership = membership;
  }

  /** Nobody's snapshots are wanting, and what has come has been taken. */
  isReached(): boolean {
    // Most often the one that was wanting still is: so not all are looked at again whenever one has come.
    if (this.#wanting?.isWanting !== true || !this.#membership.has(this.#wanting.eid)) this.#wanting = this.#find();
    return this.#wanting === undefined && [...this.#lanes.values()].every(({ inbound }) => inbound.depth === 0);
  }

  #find(): RemoteOrigin | undefined {
    for (const peer of this.#membership.eids) {
      for (const { inbound } of this.#lanes.values()) {
        const origin = inbound.origins.get(peer);
        if (origin?.isWanting === true) return origin;
      }
    }
    return undefined;
  }
}
