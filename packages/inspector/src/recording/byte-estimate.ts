import { attempt, byteLengthOf, ownValue } from './own-parts.js';

/** What an object, or a value in it, takes at least. */
const SLOT_BYTES = 16;

/** How many values of one message are looked at: it is done on the publisher's stack. */
const MAX_LOOKS = 64;

/**
 * About how many bytes data take: texts and bytes in full, of what is large a part, from which the rest is guessed. Runs
 * nothing of the data.
 */
export function estimateBytes(data: unknown): number {
  return attempt(() => new Estimate().of(data)) ?? SLOT_BYTES; // a Proxy may throw
}

class Estimate {
  #looksLeft = MAX_LOOKS;

  /** Texts are one byte or two for each character; most are one. */
  of(value: unknown): number {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return 0;
    if (ArrayBuffer.isView(value)) return byteLengthOf(value) ?? 0;
    if (Array.isArray(value)) return this.#sum(value.length, (index) => ownValue(value, index));
    const keys = Object.keys(value);
    return this.#sum(keys.length, (index) => ownValue(value, keys[index] as string));
  }

  #sum(count: number, valueAt: (index: number) => unknown): number {
    let sum = 0;
    let index = 0;
    for (; index < count && this.#looksLeft > 0; index++) {
      this.#looksLeft--;
      sum += SLOT_BYTES + this.of(valueAt(index));
    }
    return SLOT_BYTES + (index > 0 ? (sum / index) * count : count * SLOT_BYTES);
  }
}
