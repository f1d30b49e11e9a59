import {
  Component,
  inject,
  Injectable,
  Injector,
  makeStateKey,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
  signal,
  TransferState,
  type ApplicationConfig,
  type ApplicationRef,
} from '@angular/core';
import { bootstrapApplication, provideClientHydration } from '@angular/platform-browser';
import { createCache, createCachingTopic } from '@stasis-rx/core';
import {
  injectBus,
  injectTopic,
  provideBus,
  subscribeUntilDestroyed,
  toCacheEntriesSignal,
  toCacheSignal,
  toLatestSignal,
} from '../../src/index.js';
import { CallAnswered, Channel } from './calls.js';

const STATES = makeStateKey<{ id: string; state: string }[]>('channels');

/** The channels of the page: the server knows them, the browser takes them from the page. */
@Injectable({ providedIn: 'root' })
class Channels {
  readonly topic = injectTopic('channel:all');
  readonly cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
  readonly #transfer = inject(TransferState);

  constructor() {
    createCachingTopic(this.topic, this.cache);
    for (const data of this.#transfer.get(STATES, [])) this.topic.publish(Channel(data));
    this.#transfer.onSerialize(STATES, () => this.cache.dump(Channel).map(({ data }) => data));
  }
}

@Component({
  selector: 'app-root',
  template: `
    <h1>{{ answered()?.data?.agent ?? 'nobody' }}</h1>
    <p>{{ channel()?.data?.state }}</p>
    <p>{{ handled() }} handled</p>
    <ul>
      @for (channel of channels(); track channel.data.id) {
        <li>{{ channel.data.state }}</li>
      }
    </ul>
  `,
})
export class App {
  readonly injector = inject(Injector);
  readonly bus = injectBus();
  readonly calls = injectTopic('calls');
  readonly channelTopic = inject(Channels).topic;
  readonly answered = toLatestSignal(this.calls, CallAnswered);
  readonly channel = toCacheSignal(inject(Channels).cache, Channel, '1');
  readonly channels = toCacheEntriesSignal(inject(Channels).cache, Channel);
  readonly handled = signal(0);

  constructor() {
    subscribeUntilDestroyed(this.calls, () => this.handled.update((count) => count + 1), { accept: [CallAnswered] });
  }
}

/** What the application is provided with, on a server too. */
export const config: ApplicationConfig = {
  providers: [
    'Zone' in globalThis ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
    provideClientHydration(),
    provideBus(),
  ],
};

/** Starts the application in the page of `document`. */
export function hydrate(): Promise<ApplicationRef> {
  return bootstrapApplication(App, config);
}
