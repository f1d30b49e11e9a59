import type { Bus } from '@stasis-rx/core';
import type { ReactElement, ReactNode } from 'react';
import { assertBus } from './assert.js';
import { BusContext } from './bus-context.js';

/** What {@link BusProvider} takes. */
export interface BusProviderProps {
  /** The bus for the components below. It stays its owner's: the provider never closes it. */
  readonly bus: Bus;
  /** The components that get it. */
  readonly children?: ReactNode;
}

/**
 * Gives a bus to the components below it: {@link useBus}. Providers nest; the nearest one counts. Make the bus outside of
 * rendering, or once with `useState(() => createBus())`, and close it where it was made.
 *
 * @throws InvalidArgumentError when `bus` is none
 * @example
 * const bus = createBus({ name: 'calls' });
 * createRoot(element).render(<BusProvider bus={bus}><App /></BusProvider>);
 */
export function BusProvider({ bus, children }: BusProviderProps): ReactElement {
  assertBus('[react] <BusProvider>', bus);
  return <BusContext.Provider value={bus}>{children}</BusContext.Provider>;
}
