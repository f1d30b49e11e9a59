import type { Shown } from '../../protocol/shown.js';

/** Deeper than that nobody looks, and no stack need be deep. */
const MAX_DEPTH = 20;
/** Longer texts are shown by their beginning. */
const MAX_TEXT = 10_000;
const MAX_ITEMS = 1_000;

/** Data of a recording, which stand there as JSON, as they are shown. */
export function shownOfJSON(value: unknown, depth = 0): Shown {
  if (value === undefined) return { is: 'undefined', text: '' };
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'object') return { is: 'undefined', text: typeof value };
  if (depth >= MAX_DEPTH) return { is: 'deeper', text: '' };
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => shownOfJSON(item, depth + 1));
    return { is: 'array', items, size: value.length };
  }
  const entries = Object.entries(value);
  const shown = entries.slice(0, MAX_ITEMS).map(([key, item]) => [textOf(key), shownOfJSON(item, depth + 1)] as const);
  return { is: 'object', entries: shown, size: entries.length };
}

function textOf(text: string): Shown {
  return text.length <= MAX_TEXT ? text : { is: 'text', text: text.slice(0, MAX_TEXT), length: text.length };
}
