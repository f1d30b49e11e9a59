import { mergeApplicationConfig } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { appConfig } from './app-config';

/** Of the application that a server renders first. */
export const hydratedConfig = mergeApplicationConfig(appConfig, { providers: [provideClientHydration()] });
