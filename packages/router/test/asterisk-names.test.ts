import {
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  messageType,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { A, B, Json, Story, tell } from './support/story.js';

// What Asterisk's own unit tests of its message router promise, by their names. The others are in the package core.

describe('the message router', () => {
  test('router (R1, R4): each message goes to the route of its type, all others and the final one to the default', async () => {
    const bus = createBus();
    const topic = bus.topic('topic');
    const story = new Story();
    const router = createMessageRouter(topic).add(A, story.to('a')).add(B, story.to('b'));
    await bus.settled();
    router.setDefault(story.to('default'));
    for (const message of [A(1), B(1), Json(1), A(2)]) topic.publish(message);
    await router[Symbol.asyncDispose]();

    expect(story.lines).toEqual(['a: a1', 'b: b1', 'default: json1', 'a: a2', 'default: Unsubscribe']);
    expect(router.isDone).toBe(true);
  });

  test('router_pool (R1, S9, F5): so it does on the parent of a pool, with a dispatcher that it shares', async () => {
    const bus = createBus({ dispatcher: (drain) => setImmediate(drain) });
    const parent = bus.topic('parent');
    const pool = createTopicPool(parent);
    const story = new Story();
    const router = createMessageRouter(parent).add(A, story.to('a')).add(B, story.to('b'));
    await bus.settled();
    router.setDefault(story.to('default'));
    for (const [name, message] of [
      ['1', A(1)],
      ['2', B(1)],
      ['1', Json(1)],
      ['2', A(2)],
    ] as const) {
      pool.topic(name).publish(message);
    }
    await router[Symbol.asyncDispose]();

    expect(story.lines).toEqual(['a: a1', 'b: b1', 'default: json1', 'a: a2', 'default: Unsubscribe']);
  });

  test('router_cache_updates (R2): cache updates go to the routes of their snapshot types, others to their own', async () => {
    const Other = messageType<number>('other');
    const bus = createBus();
    const topic = bus.topic('topic');
    const cached = createCachingTopic(topic, createCache({ id: ({ data }) => data as number }));
    const lines: string[] = [];
    const updates = cached.topic as Topic;
    const router = createMessageRouter(updates)
      .addCacheUpdate(A, ({ data }) => lines.push(`a: ${tell(data.newSnapshot!)}`))
      .addCacheUpdate(B, ({ data }) => lines.push(`b: ${tell(data.newSnapshot!)}`))
      .add(CacheUpdate, ({ data }) => lines.push(`updates: ${tell(data.newSnapshot!)}`))
      .add(Other, (message) => lines.push(`other: ${tell(message)}`));
    for (const message of [A(1), B(2), Json(3), A(4)]) topic.publish(message);
    updates.publish(Other(5));
    await router[Symbol.asyncDispose]();

    expect(lines).toEqual(['a: a1', 'b: b2', 'updates: json3', 'a: a4', 'other: other5']);
  });
});
