import { MAX_LANES, type LaneHead } from '../protocol/control-message.js';

/** Heads that are said again in each beat, although nothing has happened: with so few lanes, all of them. */
const REPEATED = 64;

/** In how many beats a change is said: a beat may get lost. */
const TIMES = 3;

/**
 * How far this bus is in each lane, as far as a beat has to say it: what has changed, and some of the others in turn. So
 * a beat costs what happens, and not what there is.
 */
export class HeadNews {
  readonly #heads: () => readonly LaneHead[];
  /** By lane: what was said last, and in how many beats it is to be said again. */
  readonly #said = new Map<string, { base: number; times: number }>();
  #turn = 0;

  constructor(heads: () => readonly LaneHead[]) {
    this.#heads = heads;
  }

  /** For a bus that may know nothing yet. */
  all(): readonly LaneHead[] {
    return this.#heads();
  }

  /** For those who have heard the beats before. O(lanes). */
  next(): readonly LaneHead[] {
    const heads = this.#heads();
    if (heads.length <= REPEATED) return heads;
    const from = this.#turn;
    this.#turn = (from + REPEATED) % heads.length;
    return heads.filter((head, index) => {
      const isInTurn = (index - from + heads.length) % heads.length < REPEATED;
      return this.#isNews(head) || isInTurn;
    });
  }

  #isNews({ lane, base }: LaneHead): boolean {
    const said = this.#said.get(lane) ?? { base: 0, times: 0 };
    this.#said.set(lane, said);
    if (said.base !== base) Object.assign(said, { base, times: TIMES });
    return said.times-- > 0;
  }
}

/** Divides what is to be said of lanes into messages, each within so many characters as JSON; at least one message. */
export function divided<Item>(items: readonly Item[], maxLength: number): Item[][] {
  const parts: Item[][] = [[]];
  let length = 0;
  for (const item of items) {
    const itemLength = JSON.stringify(item).length + 1;
    const count = parts.at(-1)?.length ?? 0;
    if (count === MAX_LANES || (count > 0 && length + itemLength > maxLength)) {
      parts.push([]);
      length = 0;
    }
    length += itemLength;
    parts.at(-1)?.push(item);
  }
  return parts;
}
