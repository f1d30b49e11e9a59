import type { Bus, BusStatistics } from '@stasis-rx/core';
import { useMemo, useSyncExternalStore } from 'react';
import { assertPositiveInteger } from './assert.js';
import { useBus } from './use-bus.js';

/**
 * Hook: what the bus of the nearest `BusProvider` has done so far (Z1), read when the component is first rendered and then
 * once in every interval. On a server, and while that is hydrated, it is empty.
 *
 * @param intervalMs milliseconds from one reading to the next: an integer of at least 1. Default: 1000
 * @throws StasisError `BUS_MISSING` when there is no provider above
 * @throws InvalidArgumentError when the interval cannot work
 * @example
 * const { subscriptions } = useBusStatistics(500);
 * return <p>{subscriptions.reduce((sum, { depth }) => sum + depth, 0)} messages wait</p>;
 */
export function useBusStatistics(intervalMs = 1000): BusStatistics {
  assertPositiveInteger('[react] useBusStatistics()', 'intervalMs', intervalMs, 'Leave it out for 1000.');
  const bus = useBus();
  const { subscribe, read } = useMemo(() => createReadings(bus, intervalMs), [bus, intervalMs]);
  return useSyncExternalStore(subscribe, read, () => NOTHING);
}

const NOTHING: BusStatistics = { topics: [], subscriptions: [], messageTypes: [] };

interface Readings {
  readonly subscribe: (tell: () => void) => () => void;
  readonly read: () => BusStatistics;
}

function createReadings(bus: Bus, intervalMs: number): Readings {
  let last: BusStatistics | undefined;
  return {
    read: () => (last ??= bus.statistics()),
    subscribe(tell) {
      const timer = setInterval(() => {
        last = bus.statistics();
        tell();
      }, intervalMs);
      return () => {
        clearInterval(timer);
      };
    },
  };
}
