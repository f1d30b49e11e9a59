import { bootstrapApplication } from '@angular/platform-browser';
import { provideBus } from '@stasis-rx/angular';
import { App } from './app';

bootstrapApplication(App, { providers: [provideBus({ name: 'packed' })] }).catch((error: unknown) => {
  console.error(error);
});
