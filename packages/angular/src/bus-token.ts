import { InjectionToken } from '@angular/core';
import type { Bus } from '@stasis-rx/core';

/**
 * Where `injectBus` finds the bus: provided by `provideBus`, or by yourself when the bus is made, and closed, elsewhere.
 *
 * @example
 * const appConfig: ApplicationConfig = { providers: [{ provide: BUS, useValue: bus }] };
 */
export const BUS: InjectionToken<Bus> = /* @__PURE__ */ new InjectionToken<Bus>('stasis-rx bus');
