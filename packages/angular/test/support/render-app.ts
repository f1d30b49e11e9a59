import type { ApplicationRef } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import type { Bus } from '@stasis-rx/core';
import { App, config } from './server-app.js';

/** Renders the page on a server, with what `publish` publishes. Gives the page, and the bus that it was rendered with. */
export async function render(page: string, publish: (app: App) => void): Promise<{ html: string; bus: Bus }> {
  let bus: Bus | undefined;
  const bootstrap = async (context: BootstrapContext): Promise<ApplicationRef> => {
    const providers = [...config.providers, provideServerRendering()];
    const application = await bootstrapApplication(App, { providers }, context);
    const app = application.components[0]?.instance as App;
    bus = app.bus;
    publish(app);
    return application;
  };
  const html = await renderApplication(bootstrap, { document: page, url: '/' });
  return { html, bus: bus as Bus };
}
