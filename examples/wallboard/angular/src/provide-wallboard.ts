import { DestroyRef, inject, InjectionToken, makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { createWallboard, readSettings, type Wallboard } from '../../model/index.js';

/** The model of the page. */
export const WALLBOARD: InjectionToken<Wallboard> = new InjectionToken<Wallboard>('wallboard');

/** Provides the wallboard that the query of an address asks for. It is closed with the application. */
export function provideWallboard(query: string): EnvironmentProviders {
  const useFactory = () => {
    const wallboard = createWallboard(readSettings(query));
    inject(DestroyRef).onDestroy(() => void wallboard.close());
    return wallboard;
  };
  return makeEnvironmentProviders([{ provide: WALLBOARD, useFactory }]);
}
