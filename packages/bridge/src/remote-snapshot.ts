import { CacheClear, type Message } from '@stasis-rx/core';
import type { Lane } from './lane.js';
import type { TypeRegistry } from './type-registry.js';

/**
 * The snapshots of another bus, as they come: each is published, and when all have come, what the caches hold of that bus
 * and none of them has replaced is cleared.
 */
export class RemoteSnapshot {
  entries = 0;
  readonly #lane: Lane;
  readonly #peer: string;
  readonly #registry: TypeRegistry;
  readonly #old: readonly Message[];

  constructor(lane: Lane, peer: string, registry: TypeRegistry) {
    this.#lane = lane;
    this.#peer = peer;
    this.#registry = registry;
    this.#old = lane.snapshots(peer, registry.types);
  }

  /** Clears what was there before and is there still. Returns how many that are. */
  finish(): number {
    const current = new Set(this.#lane.snapshots(this.#peer, this.#registry.types));
    const stale = this.#old.filter((message) => current.has(message));
    clear(this.#lane, stale);
    return stale.length;
  }
}

/** Takes all entries of an entity out of the caches of a lane, with updates. */
export function clearEntries(lane: Lane, peer: string, registry: TypeRegistry): void {
  clear(lane, lane.snapshots(peer, registry.types));
}

function clear(lane: Lane, snapshots: readonly Message[]): void {
  for (const snapshot of snapshots) lane.topic.publish(CacheClear(snapshot, { eid: snapshot.eid }));
}
