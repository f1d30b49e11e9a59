import { InvalidArgumentError, type Bus } from '@stasis-rx/core';

/** @throws InvalidArgumentError when it is no bus */
export function assertBus(call: string, bus: Bus): void {
  const { attach, describe } = Object(bus) as Partial<Bus>;
  const isBus = typeof attach === 'function' && typeof describe === 'function';
  assert(isBus, call, 'a bus, as createBus makes them', bus);
}

/** @throws InvalidArgumentError unless the option is left out or of this type */
export function assertOption(
  call: string,
  name: string,
  value: unknown,
  type: 'boolean' | 'function' | 'string',
): void {
  assert(value === undefined || typeof value === type, call, `${name} to be a ${type}`, value);
}

/** @throws InvalidArgumentError unless the condition holds */
export function assert(condition: boolean, call: string, expectation: string, got: unknown, hint?: string): void {
  if (!condition) throw new InvalidArgumentError(call, expectation, got, hint);
}
