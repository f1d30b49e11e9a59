import { CacheClear, type Message } from '@stasis-rx/core';
import { isCount } from '../protocol/checks.js';
import type { Lane } from '../protocol/lane.js';
import type { TypeRegistry } from '../protocol/type-registry.js';

/**
 * The snapshots of another bus, as they come: each is published, and when all have come, what the caches hold of that bus
 * and none of them has replaced is cleared. Of a type of which something later has come through another bridge they are out
 * of date, and tell nothing of what is not among them.
 */
export class RemoteSnapshot {
  entries = 0;
  readonly #lane: Lane;
  readonly #peer: string;
  readonly #registry: TypeRegistry;
  readonly #old: readonly Message[];
  /** The last number of each type when they were taken. */
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param numbers pairs of a type's name and its last number; as they came, so they may be anything */
  constructor(lane: Lane, peer: string, registry: TypeRegistry, numbers: unknown) {
    this.#lane = lane;
    this.#peer = peer;
    this.#registry = registry;
    this.#old = lane.snapshots(peer, registry.types);
    this.#numbers = numbersOf(numbers);
  }

  /**
   * Clears what was there before and is there still. Returns how many that are.
   * @param highest the number of the last message of a type that has come
   */
  finish(highest: (type: string) => number): number {
    const isCurrent = ({ name }: { readonly name: string }): boolean =>
      highest(name) <= (this.#numbers.get(name) ?? Infinity);
    const current = new Set(this.#lane.snapshots(this.#peer, this.#registry.types.filter(isCurrent)));
    const stale = this.#old.filter((message) => current.has(message));
    clear(this.#lane, stale);
    return stale.length;
  }
}

function numbersOf(pairs: unknown): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const pair of Array.isArray(pairs) ? (pairs as unknown[]) : []) {
    const [name, number] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof name === 'string' && (number === 0 || isCount(number))) numbers.set(name, number);
  }
  return numbers;
}

/** Takes all entries of an entity out of the caches of a lane, with updates. */
export function clearEntries(lane: Lane, peer: string, registry: TypeRegistry): void {
  clear(lane, lane.snapshots(peer, registry.types));
}

function clear(lane: Lane, snapshots: readonly Message[]): void {
  for (const snapshot of snapshots) lane.topic.publish(CacheClear(snapshot, { eid: snapshot.eid }));
}
