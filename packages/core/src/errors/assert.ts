import { InvalidArgumentError } from './errors.js';

/** Throws unless a value is of some kind; `name` is what the caller calls it. */
export type Assertion = (call: string, name: string, value: unknown) => void;

/** Throws unless the condition holds. `call` is the name of the function; the other words are {@link InvalidArgumentError}'s. */
export function assert(
  condition: boolean,
  call: string,
  expectation: string,
  got: unknown,
  hint?: string,
): asserts condition {
  if (!condition) throw new InvalidArgumentError(`[core] ${call}()`, expectation, got, hint);
}

/** Throws unless the options are an object, and each that is named here passes its assertion or is left out. */
export function assertOptions<Options extends object>(
  call: string,
  options: Options,
  assertions: { readonly [Name in keyof Options]?: Assertion },
): void {
  assert(isRecord(options), call, 'options to be an object', options, 'Leave them out for the defaults.');
  for (const name in assertions) if (options[name] !== undefined) assertions[name]?.(call, name, options[name]);
}

export function assertFunction(call: string, name: string, value: unknown): void {
  assert(typeof value === 'function', call, `${name} to be a function`, value);
}

export function assertName(call: string, name: string, value: unknown): void {
  assert(typeof value === 'string' && value !== '', call, `${name} to be a string that is not empty`, value);
}

export function assertBoolean(call: string, name: string, value: unknown): void {
  assert(typeof value === 'boolean', call, `${name} to be true or false`, value);
}

export function assertSignal(call: string, name: string, value: unknown): void {
  const { aborted, addEventListener, removeEventListener } = Object(value) as Partial<AbortSignal>;
  const isTarget = typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  assert(isTarget && typeof aborted === 'boolean', call, `${name} to be an AbortSignal`, value);
}

export function assertOneOf(...allowed: readonly string[]): Assertion {
  return (call, name, value) => {
    const words = allowed.map((word) => `'${word}'`).join(' or ');
    assert(allowed.includes(value as string), call, `${name} to be ${words}`, value);
  };
}

export function assertStrings(call: string, name: string, value: unknown): void {
  assertEach(call, name, value, 'string', (element) => typeof element === 'string');
}

/** `hint` says what leaving it out would mean. */
export function assertPositiveInteger(call: string, name: string, value: unknown, hint?: string): void {
  assert(Number.isInteger(value) && (value as number) > 0, call, `${name} to be an integer of at least 1`, value, hint);
}

/** `noun` is what each element of the array has to be. */
export function assertEach(
  call: string,
  name: string,
  value: unknown,
  noun: string,
  passes: (element: unknown) => boolean,
): void {
  assert(Array.isArray(value), call, `${name} to be an array of ${noun}s`, value);
  value.forEach((element, index) => {
    assert(passes(element), call, `${name}[${index}] to be a ${noun}`, element);
  });
}

/** An object that is no list: types where options are expected would be passed over in silence. */
export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
