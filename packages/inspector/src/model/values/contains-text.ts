import type { Shown } from '../../protocol/shown.js';

/**
 * Whether a text occurs in a value: in one of its texts, numbers or keys, whatever is large or small in it.
 * @param needle in lower case
 */
export function containsText(value: Shown, needle: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(needle);
  if (value === null || typeof value !== 'object') return String(value).includes(needle);
  if ('items' in value) return value.items.some((item) => containsText(item, needle));
  if (!('entries' in value)) return value.text.toLowerCase().includes(needle);
  return (
    value.entries.some(([key, item]) => containsText(key, needle) || containsText(item, needle)) ||
    (value.name?.toLowerCase().includes(needle) ?? false)
  );
}
