import type { Bus, BusOptions } from '@stasis-rx/core';
import type { ReactElement, ReactNode } from 'react';
import { assertBus, assertNoBus } from './assert.js';
import { BusContext } from './bus-context.js';
import { useOwnBus } from './use-own-bus.js';

/** What {@link BusProvider} takes: a bus, or how to make one. */
export type BusProviderProps = (
  | {
      /** The bus for the components below. It stays its owner's: the provider neither releases nor closes it. */
      readonly bus: Bus;
      /** Not beside a bus. */
      readonly options?: undefined;
    }
  | {
      /** As for `createBus`: the provider makes a bus of its own when it is first rendered. Read once. */
      readonly options: BusOptions;
      /** Not beside options. */
      readonly bus?: undefined;
    }
) & {
  /** The components that get it. */
  readonly children?: ReactNode;
};

/**
 * Gives a bus to the components below it: {@link useBus}. Providers nest; the nearest one counts. A `bus` was made outside of
 * rendering, or once with `useState(() => createBus())`, and is closed where it was made.
 *
 * With `options` the provider makes the bus, and closes it when it goes from the page. With `held: true` it releases that bus
 * (H1), once, when its first rendering is on the page and the effects of all components in it have run: what was published by
 * then reaches everybody who subscribes in an effect. On a server, where no effect runs, the bus is held until it is forgotten
 * with the page: what is published is handled by nobody.
 *
 * @throws InvalidArgumentError when `bus` is none, or an option cannot work, or there are both
 * @example
 * createRoot(element).render(<BusProvider options={{ name: 'calls', held: true }}><App /></BusProvider>);
 */
export function BusProvider({ bus, options, children }: BusProviderProps): ReactElement {
  if (options !== undefined) {
    assertNoBus(CALL, bus);
    return <OwnBusProvider options={options}>{children}</OwnBusProvider>;
  }
  assertBus(CALL, bus);
  return <BusContext.Provider value={bus}>{children}</BusContext.Provider>;
}

const CALL = '[react] <BusProvider>';

interface OwnBusProviderProps {
  readonly options: BusOptions;
  readonly children: ReactNode;
}

function OwnBusProvider({ options, children }: OwnBusProviderProps): ReactElement {
  return <BusContext.Provider value={useOwnBus(options)}>{children}</BusContext.Provider>;
}
