import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { restoreTheme } from '../../design/theme.js';
import { withoutLogin } from '../../model/index.js';
import { App } from './app.js';
import { provideWallboard } from './provide-wallboard.js';

restoreTheme();
const query = location.search;
history.replaceState(null, '', location.pathname + withoutLogin(query));

bootstrapApplication(App, {
  providers: [provideBrowserGlobalErrorListeners(), provideWallboard(query)],
}).catch((error: unknown) => {
  console.error(error);
});
