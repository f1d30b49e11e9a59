import { builtIn, ownValue } from '../recording/own-parts.js';

/** A part of data: itself, or why there is none. */
export interface FoundPart {
  readonly value: unknown;
}

/**
 * Follows a path into data: by the names of properties, the text keys of a `Map`, and the positions in arrays, `Set`s and
 * `Map`s. No getter runs. `undefined` when there is nothing there.
 */
export function partOf(data: unknown, path: readonly (string | number)[]): FoundPart | undefined {
  let found: FoundPart | undefined = { value: data };
  for (const step of path) {
    found = found && typeof found.value === 'object' && found.value !== null ? inside(found.value, step) : undefined;
  }
  return found;
}

function inside(object: object, step: string | number): FoundPart | undefined {
  try {
    const isMap = builtIn(Map.prototype, 'size', object) !== undefined;
    if (isMap) return inMap(object as ReadonlyMap<unknown, unknown>, step);
    const isSet = builtIn(Set.prototype, 'size', object) !== undefined;
    if (isSet && typeof step === 'number') return nth(Set.prototype.values.call(object), step);
    return Object.hasOwn(object, step) ? { value: ownValue(object, step) } : undefined;
  } catch {
    return undefined; // a Proxy
  }
}

function inMap(map: ReadonlyMap<unknown, unknown>, step: string | number): FoundPart | undefined {
  if (typeof step === 'number') return nth(Map.prototype.values.call(map), step);
  return Map.prototype.has.call(map, step) ? { value: Map.prototype.get.call(map, step) as unknown } : undefined;
}

function nth(values: Iterable<unknown>, index: number): FoundPart | undefined {
  let n = 0;
  for (const value of values) if (n++ === index) return { value };
  return undefined;
}
