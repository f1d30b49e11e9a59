import { createBus, createCache, createCachingTopic, messageType, type MessageOf } from '@stasis-rx/core';

export const Channel = messageType<{ id: string; state: 'Ring' | 'Up' }>('channel_snapshot');

export const bus = createBus({ name: 'packed' });
export const channels = bus.topic<MessageOf<typeof Channel>>('channels');
export const cache = createCache({ id: (message) => (Channel.is(message) ? message.data.id : undefined) });
createCachingTopic(channels, cache);
