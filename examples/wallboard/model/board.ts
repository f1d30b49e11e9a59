import { createCache, createCachingTopic, type Bus, type Cache, type Message, type MessageType } from '@stasis-rx/core';
import { saysTheSame } from './says-the-same.js';

/** The id of everything that the page shows, in {@link Board.cache}: there is one of each type. */
export const SHOWN = 'wallboard';

/** What the page shows: the last message of each type. A page reads it from the cache, as any other state. */
export interface Board {
  readonly cache: Cache;
  /** Shows something, unless that is what is shown already. */
  show<Data extends object>(type: MessageType<Data>, data: Data): void;
  /** What is shown of a type. */
  shown<Data extends object>(type: MessageType<Data>): Data | undefined;
}

export function createBoard(bus: Bus): Board {
  const topic = bus.topic('wallboard:shown');
  const cache = createCache({ id: () => SHOWN });
  createCachingTopic(topic, cache);
  const shown = <Data extends object>(type: MessageType<Data>) => cache.get(type, SHOWN)?.data as Data | undefined;

  return {
    cache,
    shown,
    show: <Data extends object>(type: MessageType<Data>, data: Data) => {
      const before = shown(type);
      if (before !== undefined && saysTheSame(before, data)) return;
      // A type with data is called with it; TypeScript cannot tell that as long as Data is open.
      topic.publish((type as (data: Data) => Message<Data>)(data));
    },
  };
}
