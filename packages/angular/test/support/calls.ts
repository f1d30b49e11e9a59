import { createBus, createCache, createCachingTopic, messageType } from '@stasis-rx/core';
import type { Cache, CachingTopic, Message, Topic } from '@stasis-rx/core';

export const CallAnswered = messageType<{ agent: string }>('call_answered');
export const CallEnded = messageType<{ agent: string; seconds: number }>('call_ended');
export const Channel = messageType<{ id: string; state: string }>('channel_snapshot');

/** A topic of channels, on a bus of its own, and a cache of their last snapshots. */
export interface Channels {
  readonly channels: Topic<Message<{ id: string; state: string }>>;
  readonly cache: Cache;
  readonly cached: CachingTopic;
  /** Publishes a snapshot. */
  readonly put: (id: string, state: string) => void;
  /** Removes the snapshot of an id. */
  readonly remove: (id: string) => void;
}

export function createChannels(): Channels {
  const channels = createBus().topic<Message<{ id: string; state: string }>>('channel:all');
  const cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
  const cached = createCachingTopic(channels, cache);
  return {
    channels,
    cache,
    cached,
    put: (id, state) => void channels.publish(Channel({ id, state })),
    remove: (id) => cached.clear(Channel({ id, state: '' })),
  };
}
