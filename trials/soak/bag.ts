import type { Random } from './random.js';

/** What a bag can hold: it writes down where. */
export interface Bagged {
  slot: number | undefined;
}

/** Things in no order, from which one can be drawn at random. */
export class Bag<T extends Bagged> {
  readonly #members: T[] = [];

  get size(): number {
    return this.#members.length;
  }

  get members(): readonly T[] {
    return this.#members;
  }

  add(member: T): void {
    member.slot = this.#members.length;
    this.#members.push(member);
  }

  /** Does nothing when it is not there. */
  remove(member: T): void {
    const { slot } = member;
    if (slot === undefined) return;
    member.slot = undefined;
    const last = this.#members.pop() as T;
    if (last === member) return;
    this.#members[slot] = last;
    last.slot = slot;
  }

  /** Any one of them. Only when there is one. */
  draw(random: Random): T {
    return random.pick(this.#members);
  }
}
