import { inject, Injectable, makeStateKey, TransferState } from '@angular/core';
import { injectTopic } from '@stasis-rx/angular';
import { createCache, createCachingTopic, type MessageOf } from '@stasis-rx/core';
import { Channel } from './messages';

const CHANNELS = makeStateKey<{ id: string; state: string }[]>('channels');

/** The channels, and what the server knew of them. */
@Injectable({ providedIn: 'root' })
export class Channels {
  readonly topic = injectTopic<MessageOf<typeof Channel>>('channel:all');
  readonly cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
  readonly cached = createCachingTopic(this.topic, this.cache);

  constructor() {
    const transfer = inject(TransferState);
    for (const data of transfer.get(CHANNELS, [])) this.topic.publish(Channel(data));
    transfer.onSerialize(CHANNELS, () => this.cache.dump(Channel).map(({ data }) => data));
  }
}
