import { provideZoneChangeDetection, provideZonelessChangeDetection, type ApplicationConfig } from '@angular/core';
import { provideBus } from '@stasis-rx/angular';

/** Without zone.js, unless it is there. */
export const appConfig: ApplicationConfig = {
  providers: [
    'Zone' in globalThis ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
    provideBus({ name: 'packed' }),
  ],
};
