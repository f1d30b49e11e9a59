import { InvalidArgumentError, StasisError } from '../errors/errors.js';
import { isMessage } from '../messages/message.js';
import { isMessageType } from '../messages/message-type.js';

/**
 * Checks that a message is as immutable as M3 has it, and its data all the way down. Freezing cannot reach everything:
 * a Date, a typed array, an instance of a class, what lies below an object that was frozen before.
 *
 * Walks the whole data once, cycles included; calls no getter. What several paths lead to is named by the shortest.
 *
 * @throws StasisError `MUTABLE_MESSAGE`, naming every path at which something can be changed and why
 * @throws InvalidArgumentError when it is not a message
 * @example
 * assertImmutable(CallAnswered({ id: '1', agent: 'ann' }));
 */
export function assertImmutable(message: unknown): void {
  const call = '[core] assertImmutable()';
  if (!isMessage(message)) throw new InvalidArgumentError(call, 'a message', message);
  const faults = mutablePaths(message.data, 'data');
  if (!Object.isFrozen(message)) faults.unshift('message (not frozen)');
  if (faults.length > 0) {
    throw new StasisError('MUTABLE_MESSAGE', `${call}: "${message.type.name}" can be changed at ${faults.join(', ')}.`);
  }
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Breadth first: no depth of data is too deep for the stack, and short paths come before long ones. */
function mutablePaths(data: unknown, path: string): string[] {
  const faults: string[] = [];
  const seen = new Set<unknown>();
  const places: Place[] = [{ path, value: data }];
  for (const place of places) {
    const { value } = place;
    if (!isObject(value) || isMessageType(value) || seen.has(value)) continue;
    seen.add(value);
    const fault = faultOf(value);
    if (fault !== undefined) faults.push(`${place.path} (${fault})`);
    faults.push(...accessors(value, place.path));
    if (!ArrayBuffer.isView(value)) places.push(...propertiesOf(value, place.path), ...entriesOf(value, place.path));
  }
  return faults;
}

/** Why this very object can be changed, whatever it holds; `undefined` when it cannot. */
function faultOf(value: object): string | undefined {
  // The state of these lies in slots that freezing does not reach.
  for (const kind of [Date, ArrayBuffer, WeakMap, WeakSet]) if (value instanceof kind) return kind.name;
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  if (value instanceof Map && value.set === Map.prototype.set) return 'Map with set';
  if (value instanceof Set && value.add === Set.prototype.add) return 'Set with add';
  if (Object.isFrozen(value)) return undefined;
  return isPlain(value) ? 'not frozen' : `${nameOf(value)}, not frozen`;
}

/** A property with code behind it may give something else each time. */
function accessors(value: object, path: string): string[] {
  return ownProperties(value)
    .filter(([, property]) => property.get !== undefined || property.set !== undefined)
    .map(([key]) => `${path}${step(key)} (accessor)`);
}

function propertiesOf(value: object, path: string): Place[] {
  return ownProperties(value)
    .filter(([key, property]) => 'value' in property && !isReplacedMethod(value, key))
    .map(([key, property]) => ({ path: path + step(key), value: property.value as unknown }));
}

function entriesOf(value: object, path: string): Place[] {
  if (value instanceof Map) {
    return [...(value as Map<unknown, unknown>)].flatMap(([key, entry], index) => [
      { path: `${path}.keys()[${String(index)}]`, value: key },
      { path: `${path}.get(${isObject(key) ? `keys()[${String(index)}]` : print(key)})`, value: entry },
    ]);
  }
  if (value instanceof Set) {
    return [...value].map((entry, index) => ({ path: `${path}.values()[${String(index)}]`, value: entry as unknown }));
  }
  return [];
}

/** Immer makes a Map or Set immutable by methods of its own that throw. */
function isReplacedMethod(value: object, key: PropertyKey): boolean {
  return (value instanceof Map || value instanceof Set) && ['set', 'add', 'delete', 'clear'].includes(String(key));
}

function ownProperties(value: object): [PropertyKey, PropertyDescriptor][] {
  return Reflect.ownKeys(value).flatMap((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return property === undefined ? [] : [[key, property]];
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether it is an object literal, an array, or one without a prototype; of another realm too. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null || Array.isArray(value);
}

function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name: string } } | null;
  return typeof value === 'function' ? 'function' : (prototype?.constructor?.name ?? 'object');
}

/** One step of a path, as one would write it in code. */
function step(key: PropertyKey): string {
  if (typeof key === 'string' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `.${key}`;
  return `[${typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) ? key : print(key)}]`;
}

function print(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
