import {
  CacheClear,
  createBus,
  createCache,
  createTopicPool,
  InvalidArgumentError,
  messageType,
} from '@stasis-rx/core';
import type { BridgeOptions } from '@stasis-rx/bridge';
import { MemoryNetwork } from '../support/memory-network.js';

const Note = messageType<string>('note');
const plain: BridgeOptions = { topics: ['calls'], types: [Note] };
const bridge = (options: unknown, bus: unknown = createBus()) =>
  new MemoryNetwork().bridge(bus as never, options as never);

describe('the options of a bridge', () => {
  const cache = createCache({ id: () => 1 });
  const pool = createTopicPool(createBus().topic('calls'));

  it.each([
    ['topics to be an array of topics, names or pools that is not empty, got undefined', {}],
    ['topics to be an array of topics, names or pools that is not empty, got Array', { ...plain, topics: [] }],
    ['topics[1] to be a topic, a name or a topic pool, got null', { ...plain, topics: ['calls', null] }],
    ['topics[0] to be a topic, a name or a topic pool, got "" (string)', { ...plain, topics: [''] }],
    [
      'topics[1] to be named once, got "calls" (string). A pool brings its parent along.',
      { ...plain, topics: ['calls', pool] },
    ],
    ['topics[0] to be no longer than 1024 characters, got 1100 (number)', { ...plain, topics: ['.'.repeat(220)] }],
    ['types to be an array of message types that is not empty', { topics: ['calls'] }],
    ['types[0] to be a message type, got "note" (string)', { ...plain, types: ['note'] }],
    ['types[1] to have a name of its own, got "note" (string)', { ...plain, types: [Note, messageType('note')] }],
    ['types[0] to be a type of yours, got "stasis_cache_clear" (string)', { ...plain, types: [CacheClear] }],
    ['types[0].codec to have encode and decode', { ...plain, types: [{ type: Note, codec: { encode: String } }] }],
    ['caches[0] to be { topic, cache }', { ...plain, caches: [cache] }],
    [
      'caches[0].topic to be one of the topics, got "others" (string)',
      { ...plain, caches: [{ cache, topic: { name: 'others' } }] },
    ],
    ['maxOutboxMessages to be an integer of at least 1, got 0 (number)', { ...plain, maxOutboxMessages: 0 }],
    ['heartbeatMs to be an integer of at least 10, got 1 (number)', { ...plain, heartbeatMs: 1 }],
    ['peerTimeoutMs to be at least heartbeatMs, 1000, got 500 (number)', { ...plain, peerTimeoutMs: 500 }],
    ['options with topics and types, got null', null],
  ])('B2: %s', (text, options) => {
    const make = (): unknown => bridge(options);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(`[memory] bridge(): expected ${text}`);
  });

  it('B2: expects a bus', () => {
    expect(() => bridge(plain, {})).toThrow('[memory] bridge(): expected a bus');
  });
});
