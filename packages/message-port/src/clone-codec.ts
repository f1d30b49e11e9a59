import { withCodec, type BridgedType, type BridgeOptions, type Codec } from '@stasis-rx/bridge';
import { isMessageType } from '@stasis-rx/core';

/** How deep data may be nested as it is written. Bridges take nothing deeper. */
const MAX_DEPTH = 64;

/** The key of an object that stands for data, or for a value in it, which JSON would leave out or change. */
const TAG = '$clone';

/** How a value that JSON does not have is written, and read. */
interface Form {
  readonly write: (value: never) => unknown;
  readonly read: (written: never) => unknown;
}

/** By the name of the value's kind. What is written may hold such values itself. */
const FORMS: ReadonlyMap<unknown, Form> = new Map<unknown, Form>([
  ['Undefined', { write: () => null, read: () => undefined }],
  ['Number', { write: (value: number) => (value === 0 ? '-0' : String(value)), read: Number }],
  ['BigInt', { write: String, read: (digits: string) => BigInt(digits) }],
  ['Date', { write: (date: Date) => date.getTime(), read: (time: number) => new Date(time) }],
  [
    'Map',
    {
      write: (map: ReadonlyMap<unknown, unknown>) => [...map],
      read: (entries: readonly [unknown, unknown][]) => new Map(entries),
    },
  ],
  [
    'Set',
    { write: (set: ReadonlySet<unknown>) => [...set], read: (elements: readonly unknown[]) => new Set(elements) },
  ],
]);

/**
 * Data as a structured clone has it, in JSON: with `undefined`, numbers of all kinds, `BigInt`, `Date`, `Map` and `Set`, and
 * objects of classes as plain ones. What JSON carries unchanged is left as it is. Everything else is told of where it is
 * published, as are functions, and what is nested too deeply or holds itself.
 */
const cloneCodec: Codec<unknown> = {
  encode: (data) => (data === undefined || isPlain(data, 0) ? data : { [TAG]: write(data, 1) }),
  decode: (value) => (isObject(value) && TAG in value ? read(value[TAG]) : value),
};

/** The options, with that codec for the message types that have none. */
export function withClonedData(options: BridgeOptions): BridgeOptions {
  const types: unknown = (options as Partial<BridgeOptions> | null | undefined)?.types;
  if (!Array.isArray(types)) return options;
  const withCodecs = (types as BridgedType[]).map((type) => (isMessageType(type) ? withCodec(type, cloneCodec) : type));
  return { ...options, types: withCodecs };
}

/** Whether JSON carries it unchanged. The tag only means something in the outermost object, or in what stands for that. */
function isPlain(value: unknown, depth: number): boolean {
  switch (kindOf(value)) {
    case 'Null':
    case 'String':
    case 'Boolean':
      return true;
    case 'Number':
      return isPlainNumber(value as number);
    case 'Array':
      return depth < MAX_DEPTH && isPlainArray(value as readonly unknown[], depth);
    case 'Object':
      return depth < MAX_DEPTH && isPlainObject(value as Record<string, unknown>, depth);
    default:
      return false;
  }
}

/** Holes are looked at too: `every` would skip them. */
function isPlainArray(array: readonly unknown[], depth: number): boolean {
  for (const element of array) if (!isPlain(element, depth + 1)) return false;
  return true;
}

/** Objects of classes may have a `toJSON`, which a structured clone does not ask. */
function isPlainObject(object: Readonly<Record<string, unknown>>, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  if (depth === 0 && TAG in object) return false;
  for (const key of Object.keys(object)) if (!isPlain(object[key], depth + 1)) return false;
  return true;
}

function isPlainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function write(value: unknown, depth: number): unknown {
  if (isPlain(value, MAX_DEPTH)) return value; // nothing that holds other values is plain at this depth
  const kind = kindOf(value);
  if (kind === 'Array') return writeArray(value as readonly unknown[], depth);
  if (kind === 'Object') return writeObject(value as Readonly<Record<string, unknown>>, depth);
  const form = FORMS.get(kind);
  if (form === undefined) throw new TypeError(`a value of the kind ${kind} cannot be cloned: it takes a codec`);
  assertDepth(depth);
  return { [TAG]: kind, value: write(form.write(value as never), depth + 1) };
}

function writeArray(array: readonly unknown[], depth: number): unknown[] {
  assertDepth(depth);
  return Array.from(array, (element) => write(element, depth + 1));
}

function writeObject(object: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  return TAG in object ? { [TAG]: 'Object', value: writeFields(object, depth + 1) } : writeFields(object, depth);
}

function writeFields(object: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  assertDepth(depth);
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, write(value, depth + 1)]));
}

function assertDepth(depth: number): void {
  if (depth >= MAX_DEPTH) throw new RangeError(`it is nested more than ${MAX_DEPTH} levels deep, or holds itself`);
}

/** @throws TypeError when it was not written so */
function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (!isObject(value)) return value;
  const { [TAG]: kind, value: written } = value;
  if (kind === undefined) return readFields(value);
  if (kind === 'Object' && isObject(written)) return readFields(written);
  const form = FORMS.get(kind);
  if (form === undefined) throw new TypeError('its kind cannot be');
  return form.read(read(written) as never);
}

function readFields(object: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, read(value)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Its kind, also when it comes from another realm: `Null`, `Array`, `Date`, `Function`. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}
