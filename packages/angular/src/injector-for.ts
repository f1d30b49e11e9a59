import { assertInInjectionContext, inject, Injector } from '@angular/core';
import { InvalidArgumentError, StasisError } from '@stasis-rx/core';

/** For calls outside of an injection context. */
export interface InjectorOption {
  /** Where to look things up, and whose end ends what is made. Default: that of the injection context. */
  readonly injector?: Injector | undefined;
}

/**
 * The given injector, else that of the injection context.
 *
 * @throws StasisError `INJECTION_CONTEXT_MISSING` when there is neither
 */
export function injectorFor(call: string, { injector }: InjectorOption): Injector {
  if (injector === undefined) return injectorOfContext(call);
  if (typeof (injector as { readonly get?: unknown } | null)?.get !== 'function') {
    throw new InvalidArgumentError(call, 'injector to be an Injector', injector);
  }
  return injector;
}

function injectorOfContext(call: string): Injector {
  try {
    assertInInjectionContext(injectorFor);
  } catch (cause) {
    throw new StasisError(
      'INJECTION_CONTEXT_MISSING',
      `${call}: expected an injection context, got none. Call it in a field initializer, a constructor or a factory, or give it an injector.`,
      { cause },
    );
  }
  return inject(Injector);
}
