import type { AnyMessageType } from '@stasis-rx/core';

/**
 * The messages of one stream, parted by type: a group for each type, found with one look, however many there are. What a
 * group is, whoever makes the table decides: {@link groupByType} has Observables, the router has routes.
 */
export class GroupTable<Group> {
  /** By identity: several loaded copies of core each have an object of their own for a built-in type. */
  readonly #groups = new Map<unknown, Group>();
  readonly #make: (type: AnyMessageType) => Group;

  /** @param make makes the group of a type that has none */
  constructor(make: (type: AnyMessageType) => Group) {
    this.#make = make;
  }

  /** Every group, in the order in which they were made. */
  get all(): Iterable<Group> {
    return this.#groups.values();
  }

  get size(): number {
    return this.#groups.size;
  }

  /** The group of a type, if there is one. */
  find(type: AnyMessageType): Group | undefined {
    return this.#groups.get(type.identity);
  }

  /** The group of a type, made when there is none. */
  open(type: AnyMessageType): Group {
    const known = this.#groups.get(type.identity);
    if (known !== undefined) return known;
    const group = this.#make(type);
    this.#groups.set(type.identity, group);
    return group;
  }

  /** Forgets the group of a type. */
  close(type: AnyMessageType): void {
    this.#groups.delete(type.identity);
  }
}
