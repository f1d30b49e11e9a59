import { InvalidArgumentError } from './errors.js';
import { isMessageType } from './message-type.js';

/** Throws unless the value is a function or left out. */
export function assertOptionalFunction(call: string, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') {
    throw new InvalidArgumentError(call, `${name} to be a function`, value);
  }
}

/** Throws unless the value is an array whose every element passes, or left out. */
export function assertOptionalArray(
  call: string,
  name: string,
  noun: string,
  value: unknown,
  passes: (element: unknown) => boolean,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) throw new InvalidArgumentError(call, `${name} to be an array of ${noun}s`, value);
  const index = value.findIndex((element) => !passes(element));
  if (index >= 0) throw new InvalidArgumentError(call, `${name}[${index}] to be a ${noun}`, value[index]);
}

/** Throws unless the value is an array of message types, or left out. */
export function assertMessageTypes(call: string, name: string, value: unknown): void {
  assertOptionalArray(call, name, 'message type', value, isMessageType);
}

/** Throws unless the value is an array of strings, or left out. */
export function assertFormatNames(call: string, name: string, value: unknown): void {
  assertOptionalArray(call, name, 'format name', value, (format) => typeof format === 'string');
}

/** Throws unless the value is a string that is not empty. */
export function assertName(call: string, name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidArgumentError(call, `${name} to be a string that is not empty`, value);
  }
}

/** Throws unless the value is an AbortSignal or left out. */
export function assertOptionalSignal(call: string, value: unknown): void {
  if (value !== undefined && typeof (value as AbortSignal | null)?.addEventListener !== 'function') {
    throw new InvalidArgumentError(call, 'signal to be an AbortSignal', value);
  }
}

/** Throws unless the value is an integer of at least 1. `hint` says what leaving it out would mean. */
export function assertPositiveInteger(call: string, name: string, value: number, hint: string): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(call, `${name} to be an integer of at least 1`, value, hint);
  }
}
