import {
  DestroyRef,
  inject,
  Injector,
  makeEnvironmentProviders,
  NgZone,
  type EnvironmentProviders,
} from '@angular/core';
import { createBus, InvalidArgumentError, type Bus, type BusOptions } from '@stasis-rx/core';
import { BUS } from './bus-token.js';
import { errorHook } from './error-hook.js';
import { untrackedly } from './untrackedly.js';
import { whenRendered } from './when-rendered.js';

/** How the provided bus is made: like any other, but for the zone. */
export interface ProvideBusOptions extends Omit<BusOptions, 'around'> {
  /**
   * Where queued handlers run, in an application with zone.js: `inside` Angular's zone, so that each burst of messages is
   * followed by one change detection, or `outside` of it, so that only signals and `markForCheck` lead to one. Without
   * zone.js both are the same. Default: `inside`.
   */
  readonly zone?: 'inside' | 'outside' | undefined;
}

/**
 * Provides a bus to an application, a route or a test. The bus is made when it is first injected, and closed when the
 * environment injector is destroyed: every subscription then handles what is queued, and its final message (S4).
 *
 * A bus with `held: true` is released (H1), once, when the application has been initialised and has rendered since, on a
 * server too: what was published by then reaches every component that subscribes when it is made. Until then the application
 * is not stable. A bus that you hold yourself, you release.
 *
 * Errors that nobody else asked for go to Angular's `ErrorHandler`, unless there is an `onError`. Whatever queued handlers,
 * the `dispatcher` and `onError` read, an effect or `computed` that publishes does not depend on it.
 *
 * @param options as for `createBus`, or a function that gives them, called in an injection context; read once
 * @throws InvalidArgumentError when it is neither. What is wrong inside the options is thrown when the bus is made
 * @example
 * bootstrapApplication(App, { providers: [provideBus({ name: 'calls' })] });
 */
export function provideBus(options: ProvideBusOptions | (() => ProvideBusOptions) = {}): EnvironmentProviders {
  const given: unknown = options;
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null) {
    throw new InvalidArgumentError(CALL, 'options to be an object, or a function that gives one', given);
  }
  const useFactory = (): Bus => busUntilDestroyed(typeof options === 'function' ? options() : options);
  return makeEnvironmentProviders([{ provide: BUS, useFactory }]);
}

const CALL = '[angular] provideBus()';

function busUntilDestroyed({ zone = 'inside', ...options }: ProvideBusOptions): Bus {
  const ngZone = inject(NgZone);
  const around = untrackedly(surroundings(zone, ngZone));
  const bus = createBus({
    ...options,
    dispatcher: untrackedly(options.dispatcher),
    onError: untrackedly(options.onError ?? errorHook(inject(Injector), ngZone)),
    around,
  });
  inject(DestroyRef).onDestroy(() => void bus.close());
  if (bus.isHeld) whenRendered(() => around(() => bus.release()));
  return bus;
}

/** In which zone a bus runs handlers. Without zone.js, Angular's zone just calls. */
function surroundings(zone: unknown, ngZone: NgZone): (drain: () => void) => void {
  if (zone === 'inside') return (drain) => ngZone.run(drain);
  if (zone === 'outside') return (drain) => ngZone.runOutsideAngular(drain);
  throw new InvalidArgumentError(CALL, "zone to be 'inside' or 'outside'", zone, "Leave it out for 'inside'.");
}
