import type { Limits } from '../ground/limits.js';
import type { Shown, ShownList, ShownObject, ShownOther } from '../protocol/shown.js';
import { attempt, builtIn, byteLengthOf, classNameOf, isSpecial, messageTypeNameOf, ownValue } from './own-parts.js';
import { REDACT_FAILED } from './redactor.js';

/** How far a value is shown. */
export type ShowLimits = Pick<Limits, 'depth' | 'entries' | 'text' | 'size'>;

/** What a part takes beside its texts, about. */
const PART_SIZE = 24;

/** Larger ones are not written out: that takes time with the square of the digits. */
const LARGEST_BIGINT = 2n ** 256n;

/** Shows a value within limits. Never throws, and runs nothing of the value's but the traps of a Proxy. */
export function show(value: unknown, limits: ShowLimits): Shown {
  return new Showing(limits).show(value, 0);
}

class Showing {
  readonly #limits: ShowLimits;
  readonly #around = new Set<object>();
  #sizeLeft: number;

  constructor(limits: ShowLimits) {
    this.#limits = limits;
    this.#sizeLeft = limits.size;
  }

  show(value: unknown, depth: number): Shown {
    this.#sizeLeft -= PART_SIZE;
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : other('number', value === 0 ? '-0' : String(value));
      case 'boolean':
        return value;
      case 'undefined':
        return other('undefined', 'undefined');
      case 'bigint':
        return other('bigint', digits(value));
      case 'symbol':
        return other(value === REDACT_FAILED ? 'redacted' : 'symbol', this.#cut(value.description ?? ''));
      case 'function':
      case 'object':
        return value === null ? null : this.#guarded(value, depth);
    }
  }

  /** A Proxy may throw whatever it is asked, and one that was revoked does. */
  #guarded(value: object, depth: number): Shown {
    if (this.#around.has(value)) return other('cycle', 'what it stands in');
    this.#around.add(value);
    try {
      return typeof value === 'function' ? this.#function(value) : this.#object(value, depth);
    } catch {
      return other('getter', 'cannot be read');
    } finally {
      this.#around.delete(value);
    }
  }

  #function(value: object): Shown {
    const name = ownValue(value, 'name');
    return other('function', typeof name === 'string' ? this.#cut(name) : '');
  }

  #object(value: object, depth: number): Shown {
    if (Array.isArray(value)) return depth < this.#limits.depth ? this.#array(value, depth) : other('deeper', 'Array');
    const prototype = Object.getPrototypeOf(value) as object | null;
    const name = messageTypeNameOf(value, prototype) ?? classNameOf(prototype);
    const special = isSpecial(prototype) ? this.#special(value, name ?? '', depth) : undefined;
    if (special !== undefined) return special;
    return depth < this.#limits.depth ? this.#fields(value, name, depth) : other('deeper', this.#cut(name ?? 'Object'));
  }

  /** Those whose content is not in their properties. Each is known by what only such a one has inside. */
  #special(value: object, name: string, depth: number): Shown | undefined {
    const bytes = byteLengthOf(value);
    if (bytes !== undefined) return other('bytes', `${this.#cut(name)}, ${bytes} bytes`);
    const pairs = builtIn(Map.prototype, 'size', value) as number | undefined;
    if (pairs !== undefined) return this.#map(value as ReadonlyMap<unknown, unknown>, pairs, depth);
    const members = builtIn(Set.prototype, 'size', value) as number | undefined;
    if (members !== undefined) return this.#set(value as ReadonlySet<unknown>, members, depth);
    const time = attempt(() => Date.prototype.getTime.call(value));
    if (time !== undefined) return other('date', Number.isNaN(time) ? 'Invalid Date' : new Date(time).toISOString());
    const boxed = attempt(() => String.prototype.valueOf.call(value));
    return boxed === undefined ? undefined : this.#text(boxed);
  }

  #array(array: readonly unknown[], depth: number): ShownList {
    const items: Shown[] = [];
    for (let index = 0; index < array.length && this.#hasRoom(index); index++) {
      items.push(this.#property(array, index, depth));
    }
    return { is: 'array', items, size: array.length };
  }

  #map(map: ReadonlyMap<unknown, unknown>, size: number, depth: number): Shown {
    const pairs = Map.prototype.entries.call(map) as Iterable<readonly [unknown, unknown]>;
    const show = ([key, value]: readonly [unknown, unknown]) =>
      [this.show(key, depth + 1), this.show(value, depth + 1)] as const;
    return depth < this.#limits.depth ? { is: 'map', entries: this.#taken(pairs, show), size } : other('deeper', 'Map');
  }

  #set(set: ReadonlySet<unknown>, size: number, depth: number): Shown {
    const members = Set.prototype.values.call(set) as Iterable<unknown>;
    const show = (member: unknown) => this.show(member, depth + 1);
    return depth < this.#limits.depth ? { is: 'set', items: this.#taken(members, show), size } : other('deeper', 'Set');
  }

  /** As many as there is room for. */
  #taken<Value, Result>(values: Iterable<Value>, show: (value: Value) => Result): Result[] {
    const taken: Result[] = [];
    for (const value of values) {
      if (!this.#hasRoom(taken.length)) break;
      taken.push(show(value));
    }
    return taken;
  }

  #fields(object: object, name: string | undefined, depth: number): ShownObject {
    const keys = Object.keys(object);
    // That of an error does not count as one of its keys.
    if (typeof ownValue(object, 'message') === 'string' && !keys.includes('message')) keys.unshift('message');
    const entries = this.#taken(keys, (key) => [this.#text(key), this.#property(object, key, depth)] as const);
    const named = name === undefined ? undefined : { name: this.#cut(name) };
    return { is: 'object', ...named, entries, size: keys.length };
  }

  #property(object: object, key: PropertyKey, depth: number): Shown {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    const isGetter = descriptor !== undefined && !('value' in descriptor);
    return isGetter ? other('getter', 'not called') : this.show(descriptor?.value, depth + 1);
  }

  #hasRoom(index: number): boolean {
    return index < this.#limits.entries && this.#sizeLeft > 0;
  }

  #text(text: string): Shown {
    const cut = this.#cut(text);
    this.#sizeLeft -= cut.length;
    return cut.length === text.length ? text : { is: 'text', text: cut, length: text.length };
  }

  #cut(text: string): string {
    return text.slice(0, this.#limits.text);
  }
}

function other(is: ShownOther['is'], text: string): ShownOther {
  return { is, text };
}

function digits(value: bigint): string {
  return value < LARGEST_BIGINT && value > -LARGEST_BIGINT ? String(value) : 'more than 77 digits';
}
