import { isJsonObject, type JsonObject } from './ari-fields.js';
import { BrokenAriEventError } from '../ground/errors.js';

/** Real events nest four levels deep; a user event may add some of its own. */
const MAX_DEPTH = 32;

/**
 * Copies a parsed JSON value.
 *
 * Messages are frozen in place, and whoever holds the event goes on owning it: so the messages are made from a copy. The
 * bound on the depth keeps a hostile event, or one that contains itself, from exhausting the stack here and in every
 * later walk.
 *
 * @throws BrokenAriEventError when the value is not JSON or nests deeper than 32 levels
 */
export function copyJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new BrokenAriEventError(`an event to nest at most ${MAX_DEPTH} levels deep`, value);
  if (Array.isArray(value)) return value.map((item) => copyJson(item, depth + 1));
  if (isJsonObject(value)) return copyFields(value, depth);
  if (isJsonLeaf(value)) return value;
  throw new BrokenAriEventError('an event to be parsed JSON throughout', value);
}

/** A loop, because every event goes through it: with `Object.entries` and `Object.fromEntries` it takes four times as long. */
function copyFields(source: JsonObject, depth: number): JsonObject {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    if (key === '__proto__') defineField(copy, key, copyJson(value, depth + 1));
    else copy[key] = copyJson(value, depth + 1);
  }
  return copy;
}

/** Assigned to, `__proto__` would become no field, but the prototype. A user event may have one of that name. */
function defineField(fields: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
}

function isJsonLeaf(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
