import { StasisError, type Bus } from '@stasis-rx/core';
import { useContext } from 'react';
import { BusContext } from './bus-context.js';

/**
 * Hook: the bus of the nearest `BusProvider`.
 *
 * @throws StasisError `BUS_MISSING` when there is no provider above
 * @example
 * const calls = useBus().topic<MessageOf<typeof CallAnswered>>('calls');
 */
export function useBus(): Bus {
  const bus = useContext(BusContext);
  if (bus !== undefined) return bus;
  throw new StasisError('BUS_MISSING', '[react] useBus(): expected a <BusProvider bus={...}> above, found none.');
}
