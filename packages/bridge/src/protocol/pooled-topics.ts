/**
 * Who has published on which topics of a pool, and has not ended them: this bus, as local, and others. A topic that
 * somebody else has made here ends when all of them have ended it, so that what is over elsewhere does not stay here.
 */
export class PooledTopics {
  /** By name of the topic in its pool. */
  readonly #users = new Map<string, Set<string>>();

  /** How many topics somebody uses. */
  get size(): number {
    return this.#users.size;
  }

  /** Whether somebody uses the topic. */
  has(child: string): boolean {
    return this.#users.has(child);
  }

  /** An entity has published on the topic. */
  use(child: string, eid: string): void {
    const users = this.#users.get(child);
    if (users === undefined) this.#users.set(child, new Set([eid]));
    else users.add(eid);
  }

  /** An entity has ended the topic. Returns whether nobody uses it any more. */
  end(child: string, eid: string): boolean {
    const users = this.#users.get(child);
    if (users?.delete(eid) !== true || users.size > 0) return false;
    return this.#users.delete(child);
  }

  /** An entity has left. Returns the topics that nobody uses any more. O(topics). */
  leave(eid: string): string[] {
    return [...this.#users.keys()].filter((child) => this.end(child, eid));
  }

  /** The topic has ended here. */
  forget(child: string): void {
    this.#users.delete(child);
  }
}
