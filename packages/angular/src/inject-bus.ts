import { StasisError, type Bus } from '@stasis-rx/core';
import { BUS } from './bus-token.js';
import { injectorFor, type InjectorOption } from './injector-for.js';

/**
 * Gives the bus that `provideBus` provides, of the nearest injector that has one.
 *
 * @param options `injector`: instead of that of the injection context
 * @throws StasisError `BUS_MISSING` when none is provided, `INJECTION_CONTEXT_MISSING` outside of an injection context
 * @example
 * class CallList {
 *   readonly bus = injectBus();
 * }
 */
export function injectBus(options: InjectorOption = {}): Bus {
  const bus = injectorFor(CALL, options).get(BUS, null);
  if (bus !== null) return bus;
  throw new StasisError(
    'BUS_MISSING',
    `${CALL}: expected a bus to be provided, got none. Put provideBus() among the providers of the application or of a route.`,
  );
}

const CALL = '[angular] injectBus()';
