import {
  assert,
  assertBoolean,
  assertFunction,
  assertName,
  assertOptions,
  assertPositiveInteger,
  assertStrings,
} from '../errors/assert.js';
import type { Bus, BusOptions } from './bus.js';
import { LiveBus } from './live-bus.js';

/**
 * Makes a bus. Buses share nothing: no topics, no order, no settings.
 *
 * @throws InvalidArgumentError when an option cannot work
 * @example
 * const bus = createBus({ name: 'calls' });
 * const calls = bus.topic('calls');
 */
export function createBus(options: BusOptions = {}): Bus {
  assertOptions('createBus', options, {
    name: assertName,
    eid: assertName,
    dispatcher: assertFunction,
    around: assertFunction,
    context: assertContext,
    held: assertBoolean,
    heldCapacity: assertPositiveInteger,
    onError: assertFunction,
    declinedMessageTypes: assertStrings,
  });
  return new LiveBus(options);
}

function assertContext(call: string, name: string, value: unknown): void {
  if (value === 'bus' || value === 'publisher') return;
  const { capture, run } = Object(value) as Record<string, unknown>;
  const isOwn = typeof capture === 'function' && typeof run === 'function';
  assert(isOwn, call, `${name} to be 'bus', 'publisher', or an object with capture and run`, value);
}
