import { cleanText } from '../ground/clean-text.js';
import { utf8Length } from '../ground/utf8-length.js';

/** A piece of a line and how many bytes it takes. */
export interface LinePart {
  readonly text: string;
  readonly bytes: number;
}

/** Measures a piece of a line, once for the many times that it is written. */
export function linePart(text: string): LinePart {
  return { text, bytes: utf8Length(text) };
}

/** How many names are remembered before all are forgotten: names made from data must not fill the memory. */
const rememberedNames = 4096;
/** Longer names are cleaned anew each time. */
const longestRemembered = 256;

/** What a line begins with, for every name: prefix, cleaned name, suffix and the colon. */
export class MetricNames {
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #heads = new Map<string, LinePart>();

  /**
   * @param prefix stands before every name, with a dot between; `''` for none. A dot at its end is not doubled.
   * @param suffix stands behind every name
   */
  constructor(prefix: string, suffix = '') {
    this.#prefix = prefix === '' || prefix.endsWith('.') ? cleanText(prefix) : `${cleanText(prefix)}.`;
    this.#suffix = suffix;
  }

  /** @returns `prefix.name:`; nothing for what cannot be a name: anything but a text, and the empty one */
  head(name: string): LinePart | undefined {
    return this.#heads.get(name) ?? this.#makeHead(name);
  }

  #makeHead(name: unknown): LinePart | undefined {
    if (typeof name !== 'string' || name === '') return undefined;
    const head = linePart(`${this.#prefix}${cleanText(name)}${this.#suffix}:`);
    if (name.length > longestRemembered) return head;
    if (this.#heads.size >= rememberedNames) this.#heads.clear();
    this.#heads.set(name, head);
    return head;
  }
}
