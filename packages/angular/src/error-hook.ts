import { ErrorHandler, type Injector, type NgZone } from '@angular/core';

/**
 * Takes errors to Angular's `ErrorHandler`, outside of Angular's zone, as Angular does with its own. The handler is
 * looked up when the first error comes, since it may itself inject the bus.
 *
 * @returns a hook for `onError`; without an `ErrorHandler`, since its injector is destroyed, it throws what it was given
 */
export function errorHook(injector: Injector, zone: NgZone): (error: unknown) => void {
  let errorHandler: ErrorHandler | undefined;
  return (error) => {
    errorHandler ??= handlerOf(injector, error);
    zone.runOutsideAngular(() => errorHandler?.handleError(error));
  };
}

function handlerOf(injector: Injector, error: unknown): ErrorHandler {
  try {
    return injector.get(ErrorHandler);
  } catch {
    throw error;
  }
}
