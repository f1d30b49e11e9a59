import type { Shown } from '../../protocol/shown.js';
import { keyOf } from './text-of-shown.js';

/** One place at which two values differ. */
export interface Difference {
  /** Where, from the outside in; empty for the values themselves. */
  readonly path: readonly string[];
  /** What stood there; absent when nothing did. */
  readonly before?: Shown;
  /** What stands there; absent when nothing does. */
  readonly after?: Shown;
}

/**
 * What has to be changed in one value to make it the other, the places in their order.
 * @param limit how many places at most
 */
export function differencesOf(before: Shown | undefined, after: Shown | undefined, limit = 50): Difference[] {
  const found: Difference[] = [];
  compare([], before, after, found, limit);
  return found;
}

type Parts = ReadonlyMap<string, Shown>;

function compare(
  path: readonly string[],
  before: Shown | undefined,
  after: Shown | undefined,
  found: Difference[],
  limit: number,
): void {
  if (found.length >= limit || before === after) return;
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old !== undefined && now !== undefined && kindOf(before) === kindOf(after)) {
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      compare([...path, key], old.get(key), now.get(key), found, limit);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    found.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
  }
}

function kindOf(value: Shown | undefined): string {
  if (typeof value !== 'object' || value === null) return '';
  return 'name' in value ? `${value.is} ${value.name}` : value.is;
}

function partsOf(value: Shown | undefined): Parts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('items' in value) return new Map(value.items.map((item, index) => [String(index), item]));
  if ('entries' in value) return new Map(value.entries.map(([key, item]) => [keyOf(key), item]));
  return undefined;
}
