import { inject, mergeApplicationConfig, provideAppInitializer, type ApplicationRef } from '@angular/core';
import { bootstrapApplication, type BootstrapContext } from '@angular/platform-browser';
import { provideServerRendering, RenderMode, withRoutes } from '@angular/ssr';
import { App } from './app';
import { Channels } from './channels';
import { hydratedConfig } from './hydrated-config';
import { Channel } from './messages';

/** What the server knows; the browser learns it from the page. */
function publishChannels(): void {
  const { topic } = inject(Channels);
  topic.publish(Channel({ id: '7', state: 'Ring' }));
  topic.publish(Channel({ id: '9', state: 'Busy' }));
}

const serverConfig = mergeApplicationConfig(hydratedConfig, {
  providers: [
    provideServerRendering(withRoutes([{ path: '**', renderMode: RenderMode.Server }])),
    provideAppInitializer(publishChannels),
  ],
});

export default (context: BootstrapContext): Promise<ApplicationRef> => bootstrapApplication(App, serverConfig, context);
