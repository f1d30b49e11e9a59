import { Component, inject, input } from '@angular/core';
import { toCacheSignal } from '@stasis-rx/angular';
import { Channels } from './channels';
import { Channel } from './messages';

/** One channel, by a required input. */
@Component({ selector: 'app-channel-row', template: '{{ id() }}: {{ channel()?.data?.state }}' })
export class ChannelRow {
  readonly id = input.required<string>();
  readonly channel = toCacheSignal(inject(Channels).cache, Channel, this.id);
}
