import { Injectable } from '@angular/core';
import { injectTopic } from '@stasis-rx/angular';
import { createCache, createCachingTopic } from '@stasis-rx/core';
import { Channel } from './messages';

@Injectable({ providedIn: 'root' })
export class Channels {
  readonly topic = injectTopic('channel:all');
  readonly cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
  readonly cached = createCachingTopic(this.topic, this.cache);
}
