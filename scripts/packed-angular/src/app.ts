import { Component, inject, NgZone, signal } from '@angular/core';
import { injectBus, injectTopic, toCacheEntriesSignal, toLatestSignal } from '@stasis-rx/angular';
import { CallCount } from './call-count';
import { ChannelRow } from './channel-row';
import { Channels } from './channels';
import { CallAnswered, Channel } from './messages';

@Component({
  selector: 'app-root',
  imports: [CallCount, ChannelRow],
  template: `
    <button id="publish" (click)="publish()">Publish</button>
    <button id="destroy" (click)="isShown.set(false)">Destroy</button>
    <output id="latest">{{ latest()?.data?.agent ?? 'nobody' }}</output>
    <output id="subscriptions">{{ subscriptions() }}</output>
    @if (isShown()) {
      <app-call-count />
      <ul>
        @for (channel of channels(); track channel.data.id) {
          <li><app-channel-row [id]="channel.data.id" /></li>
        }
      </ul>
    }
  `,
})
export class App {
  readonly bus = injectBus();
  readonly calls = injectTopic('calls');
  readonly channelTopic = inject(Channels).topic;
  readonly latest = toLatestSignal(this.calls, CallAnswered);
  readonly channels = toCacheEntriesSignal(inject(Channels).cache, Channel);
  readonly isShown = signal(true);
  readonly subscriptions = signal('');

  readonly #zone = inject(NgZone);

  async publish(): Promise<void> {
    this.#zone.runOutsideAngular(() => this.#publishAll());
    await this.bus.settled();
    this.subscriptions.set(String(this.bus.statistics().subscriptions.length));
  }

  #publishAll(): void {
    for (const agent of ['ann', 'bob', 'eve']) this.calls.publish(CallAnswered({ agent }));
    this.channelTopic.publish(Channel({ id: '7', state: 'Ring' }));
    this.channelTopic.publish(Channel({ id: '8', state: 'Ring' }));
    this.channelTopic.publish(Channel({ id: '7', state: 'Up' }));
  }
}
