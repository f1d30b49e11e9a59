import type { WroteRecord } from '../protocol/records.js';
import { plainOfShown } from '../recording/plain-of-shown.js';

/** Entries of one type that are shown of a cache. */
const MAX_ENTRIES = 1_000;

/** By name. Names may be any, also those of what every object has. */
type Named<Value> = Readonly<Record<string, Value>>;

/** Caches as one plain object: by the name of the cache, of the message type, and of the snapshot. */
export type CacheState = Named<Named<Named<unknown>>>;

/** The state after some writes: what has not changed is the same object as before, and nothing is copied twice. */
export function afterWrites(state: CacheState, writes: Iterable<WroteRecord>): CacheState {
  const copies = new Set<object>();
  let after = state;
  for (const { updates, type, snapshot, data } of writes) {
    after = copyOnce(after, copies);
    const types = copyOnce(own(after, updates), copies);
    const entries = copyOnce(own(types, type), copies);
    put(after, updates, types);
    put(types, type, entries);
    if (data === undefined) Reflect.deleteProperty(entries, snapshot);
    else if (Object.hasOwn(entries, snapshot) || Object.keys(entries).length < MAX_ENTRIES) {
      put(entries, snapshot, plainOfShown(data).data);
    }
  }
  return after;
}

function own<Value>(object: Named<Value>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function copyOnce<Value>(object: Named<Value> | undefined, copies: Set<object>): Named<Value> {
  if (object !== undefined && copies.has(object)) return object;
  const copy = { ...object };
  copies.add(copy);
  return copy;
}

/** Defines it, so that a name like `__proto__` is one like any other. */
function put(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
