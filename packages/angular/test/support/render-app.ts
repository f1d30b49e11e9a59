import { inject, provideAppInitializer, type ApplicationRef } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, renderApplication } from '@angular/platform-server';
import type { Bus } from '@stasis-rx/core';
import { BUS, provideBus, type ProvideBusOptions } from '../../src/index.js';
import { App, config } from './server-app.js';

export { subscribeUntilDestroyed } from '../../src/index.js';

/** The bus of a page. */
interface RenderOptions {
  /** How it is made; or the bus of all pages. */
  readonly bus?: ProvideBusOptions | Bus;
  /** Called when the application begins, before there is a component. */
  readonly begin?: (bus: Bus) => void;
}

/** Renders the page on a server, with what `publish` publishes. Gives the page, and the bus that it was rendered with. */
export async function render(
  page: string,
  publish: (app: App) => unknown,
  { bus: given = {}, begin = () => undefined }: RenderOptions = {},
): Promise<{ html: string; bus: Bus }> {
  let bus: Bus | undefined;
  const bootstrap = async (context: BootstrapContext): Promise<ApplicationRef> => {
    const providers = [
      ...config.providers,
      provideServerRendering(),
      'topic' in given ? { provide: BUS, useValue: given } : provideBus(given),
      provideAppInitializer(() => begin(inject(BUS))),
    ];
    const application = await bootstrapApplication(App, { providers }, context);
    const app = application.components[0]?.instance as App;
    bus = app.bus;
    await publish(app);
    return application;
  };
  const html = await renderApplication(bootstrap, { document: page, url: '/' });
  return { html, bus: bus as Bus };
}
