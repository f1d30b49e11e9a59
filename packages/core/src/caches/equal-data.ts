import { isDraftable } from 'immer';

/**
 * Whether two pieces of message data say the same: plain objects, arrays and Maps by their content, Sets by their
 * elements, all else by identity (`NaN` equals itself).
 *
 * @param compared the pairs that are being compared: in data with a cycle they come again
 */
export function equalData(
  a: unknown,
  b: unknown,
  compared: Map<unknown, unknown> = new Map<unknown, unknown>(),
): boolean {
  if (Object.is(a, b)) return true;
  const [entries, others] = [entriesOf(a), entriesOf(b)];
  if (entries === undefined || entries.size !== others?.size) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (compared.get(a) === b) return true;
  compared.set(a, b);
  return [...entries].every(([key, value]) => others.has(key) && equalData(value, others.get(key), compared));
}

/** What is compared piece by piece; `undefined` for what is compared by identity. In a Set each element is its own key. */
function entriesOf(data: unknown): Map<unknown, unknown> | undefined {
  if (Array.isArray(data) || data instanceof Map || data instanceof Set) return new Map(data.entries());
  if (!isDraftable(data)) return undefined;
  return new Map(Reflect.ownKeys(data as object).map((key) => [key, (data as Record<PropertyKey, unknown>)[key]]));
}
