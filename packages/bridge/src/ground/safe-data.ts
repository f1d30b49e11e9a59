/** How deep the data of a message may be nested. */
const MAX_DEPTH = 64;

/**
 * Whether data that came from JSON is harmless to what will walk it: not nested too deeply for a recursive function, and
 * without the key that reaches a prototype when somebody copies it key by key.
 */
export function isSafeData(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((element) => isSafeData(element, depth + 1));
  for (const key in value) {
    if (key === '__proto__' || !isSafeData((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}
