import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  type Bus,
  type CachingTopic,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter } from '@stasis-rx/router';
import { stasisError } from './support/stasis-error.js';
import { A, B, Json, Story, tell } from './support/story.js';

let bus: Bus;
let topic: Topic;
let cached: CachingTopic;
let router: MessageRouter;
let story: Story;

beforeEach(async () => {
  bus = createBus();
  topic = bus.topic('calls');
  cached = createCachingTopic(topic, createCache({ id: ({ type }) => type.name }));
  router = createMessageRouter(cached.topic);
  story = new Story();
  await bus.settled(); // its own announcement is over
});

/** A handler that writes `name: old>new`, or what else it is given. */
const to = (name: string) => (message: Message) => {
  story.lines.push(`${name}: ${CacheUpdate.is(message) ? tellUpdate(message) : tell(message)}`);
};

function tellUpdate({ data: { oldSnapshot, newSnapshot } }: ReturnType<typeof CacheUpdate>): string {
  return [oldSnapshot, newSnapshot].map((snapshot) => (snapshot === null ? '-' : tell(snapshot))).join('>');
}

async function publish(...messages: Message[]): Promise<string[]> {
  for (const message of messages) topic.publish(message);
  await bus.settled();
  return story.lines.splice(0);
}

describe('R2: a cache update', () => {
  test('R2: goes to the route of its snapshot type, else to the one for cache updates, else to the default', async () => {
    router.addCacheUpdate(A, to('a'));
    expect(await publish(A(1), B(1))).toEqual(['a: ->a1']);

    router.setDefault(to('default'));
    expect(await publish(A(2), B(2))).toEqual(['a: a1>a2', 'default: b1>b2']);

    router.add(CacheUpdate, to('updates'));
    expect(await publish(A(3), B(3))).toEqual(['a: a2>a3', 'updates: b2>b3']);

    router.removeCacheUpdate(A);
    expect(await publish(A(4), B(4))).toEqual(['updates: a3>a4', 'updates: b3>b4']);

    router.remove(CacheUpdate);
    expect(await publish(A(5), B(5))).toEqual(['default: a4>a5', 'default: b4>b5']);
  });

  test('R2: of each snapshot type to its own route', async () => {
    router.addCacheUpdate(A, to('a')).addCacheUpdate(B, to('b'));

    expect(await publish(A(1), B(1), A(2), Json(1))).toEqual(['a: ->a1', 'b: ->b1', 'a: a1>a2']);
  });

  test('R2: of a clear goes there too, without a new snapshot', async () => {
    router.addCacheUpdate(A, to('a'));

    expect(await publish(A(1), CacheClear(A(2)), CacheClear(A(3)), A(4))).toEqual(['a: ->a1', 'a: a1>-', 'a: ->a4']);
  });

  test('R2: of an aggregate goes there too, after the update of the snapshot', async () => {
    const other = bus.topic('other');
    const summing = createCachingTopic(
      other,
      createCache({ id: () => 1, aggregate: { compute: (_, { data }) => A((data as number) * 100, { eid: null }) } }),
    );
    createMessageRouter(summing.topic).addCacheUpdate(A, to('a'));
    other.publish(A(1));
    other.publish(A(2));
    await bus.settled();

    expect(story.lines).toEqual(['a: ->a1', 'a: ->a100', 'a: a1>a2', 'a: a100>a200']);
  });

  test('M2: is told by its snapshot type itself, not by the name', async () => {
    const Namesake = messageType<number>('a');
    router.addCacheUpdate(Namesake, to('namesake'));

    expect(await publish(A(1), Namesake(2))).toEqual(['namesake: ->a2']);
  });

  test('R2: a route for messages of a type gets no cache updates of that type, and the other way round', async () => {
    const both = bus.topic('both');
    cached.topic.subscribe(both);
    topic.subscribe(both);
    createMessageRouter(both).add(A, to('message')).addCacheUpdate(A, to('update'));

    expect(await publish(A(1))).toEqual(['message: a1', 'update: ->a1']);
  });

  test('R1: is handled in turn with all else', async () => {
    let open!: () => void;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    router
      .addCacheUpdate(A, async (update) => {
        await opened;
        to('a')(update);
      })
      .addCacheUpdate(B, to('b'))
      .setDefault(to('default'));
    for (const message of [A(1), B(1), Json(1), A(2)]) topic.publish(message);
    router.unsubscribe();
    open();
    await router.join();

    expect(story.lines).toEqual(['a: ->a1', 'b: ->b1', 'default: ->json1', 'a: a1>a2', 'default: Unsubscribe']);
  });

  test('T6: whose route fails is reported, and the next is handled', async () => {
    const onError = jest.fn();
    createMessageRouter(cached.topic, { onError })
      .addCacheUpdate(A, () => {
        throw new Error('cannot');
      })
      .addCacheUpdate(B, to('b'));

    expect(await publish(A(1), B(1))).toEqual(['b: ->b1']);
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: 'DISPATCH' })]]);
  });

  test('S2: comes with the topic of the updates and the subscription', async () => {
    const handler = jest.fn();
    router.addCacheUpdate(A, handler);
    await publish(A(1));

    expect(handler.mock.calls).toEqual([[expect.anything(), cached.topic, router.subscription]]);
  });

  test('R2: is delivered synchronously where the router is', () => {
    createMessageRouter(cached.topic, { delivery: 'synchronous' }).addCacheUpdate(A, to('a'));
    topic.publish(A(1));

    expect(story.lines).toEqual(['a: ->a1']);
  });

  test('R2: of another copy of core is routed like one of this', async () => {
    await jest.isolateModulesAsync(async () => {
      const other = await import('@stasis-rx/core');
      const far = bus.topic('far');
      createMessageRouter(far).addCacheUpdate(A, to('a'));
      far.publish(other.CacheUpdate({ type: A, oldSnapshot: null, newSnapshot: A(1) }));
      expect(other.CacheUpdate).not.toBe(CacheUpdate);
    });
    await bus.settled();

    expect(story.lines).toEqual(['a: ->a1']);
  });
});

describe('routes for cache updates come and go', () => {
  test('R3: the first one narrows the filter to cache updates; the last one to go opens nothing', async () => {
    const other = bus.topic('other');
    const routed = createMessageRouter(other);
    const update = CacheUpdate({ type: B, oldSnapshot: null, newSnapshot: B(1) });
    const depthAfter = (...messages: Message[]): number => {
      for (const message of messages) other.publish(message);
      return routed.subscription.depth;
    };
    await bus.settled();
    expect(depthAfter(update, A(1))).toBe(0);
    routed.addCacheUpdate(A, () => {});
    expect(depthAfter(update, A(1))).toBe(1);
    routed.addCacheUpdate(B, () => {}).removeCacheUpdate(A);
    expect(depthAfter(update)).toBe(2);
    routed.removeCacheUpdate(B);
    expect(depthAfter(update, A(1))).toBe(2);
  });

  test('R3: a route for all cache updates keeps the filter open when the others have gone, and the other way round', async () => {
    router.add(CacheUpdate, to('updates')).addCacheUpdate(A, to('a')).removeCacheUpdate(A);
    expect(await publish(A(1))).toEqual(['updates: ->a1']);

    router.addCacheUpdate(A, to('a')).remove(CacheUpdate);
    expect(await publish(A(2), B(1))).toEqual(['a: a1>a2']);
  });

  test('R3: with formats on the default, cache updates with a route pass, and no others', async () => {
    const both = bus.topic('both');
    cached.topic.subscribe(both);
    topic.subscribe(both);
    createMessageRouter(both)
      .addCacheUpdate(A, to('a'))
      .setDefault(to('default'), { formats: ['json'] });
    await bus.settled();
    story.lines.length = 0;

    // Once there is a route for one, they pass the filter: it cannot tell of which snapshot type they will be.
    expect(await publish(A(1), Json(1), B(1))).toEqual([
      'a: ->a1',
      'default: json1',
      'default: ->json1',
      'default: ->b1',
    ]);
  });

  test('R3: with formats on the default and no route for them, cache updates do not pass', async () => {
    router.setDefault(to('default'), { formats: ['json'] });
    expect(await publish(A(1))).toEqual([]);

    router.addCacheUpdate(A, to('a'));
    expect(await publish(A(2))).toEqual(['a: a1>a2']);
    router.removeCacheUpdate(A);
    expect(await publish(A(3))).toEqual([]);
  });

  test('R3: a default with formats that is set first or last makes no difference', async () => {
    const seen: string[][] = [];
    for (const isFirst of [true, false]) {
      const own = createMessageRouter(cached.topic);
      const lines: string[] = [];
      if (isFirst) own.setDefault(() => lines.push('default'), { formats: ['json'] });
      own.addCacheUpdate(A, () => lines.push('a'));
      if (!isFirst) own.setDefault(() => lines.push('default'), { formats: ['json'] });
      seen.push(lines);
    }
    await bus.settled();
    for (const lines of seen) lines.length = 0;
    await publish(A(1), A(2));

    expect(seen).toEqual([
      ['a', 'a'],
      ['a', 'a'],
    ]);
  });

  test('R4: a route is added and removed inside a handler; what is queued goes where it then leads', async () => {
    router.add(CacheUpdate, to('updates')).addCacheUpdate(A, (update) => {
      to('a')(update);
      router.removeCacheUpdate(A).addCacheUpdate(B, to('b'));
    });

    expect(await publish(A(1), A(2), B(1), Json(1))).toEqual([
      'a: ->a1',
      'updates: a1>a2',
      'b: ->b1',
      'updates: ->json1',
    ]);
  });

  test('R4: the default may be added later', async () => {
    router.addCacheUpdate(A, to('a'));
    expect(await publish(A(1), B(1))).toEqual(['a: ->a1']);
    router.setDefault(to('default'));
    expect(await publish(A(2), B(2))).toEqual(['a: a1>a2', 'default: b1>b2']);
  });

  test('R4: the final message goes to the default, with the end of the caching topic', async () => {
    router.addCacheUpdate(A, to('a')).setDefault(to('default'));
    topic.publish(A(1));
    cached.unsubscribe();
    await router.join();

    expect(story.lines).toEqual(['a: ->a1', 'default: Unsubscribe']);
  });

  test('R4: removing a route that is not there does nothing', async () => {
    router.removeCacheUpdate(A).addCacheUpdate(B, to('b')).removeCacheUpdate(A);

    expect(await publish(A(1), B(1))).toEqual(['b: ->b1']);
  });

  test('R5: a second route for one snapshot type is refused; after the first has gone it is not', async () => {
    router.add(A, to('message')).addCacheUpdate(A, to('first'));
    expect(() => router.addCacheUpdate(A, to('second'))).toThrow(
      stasisError(
        'DUPLICATE_ROUTE',
        '[router] addCacheUpdate(): the cache update of "a" has a route already. Remove that one first.',
      ),
    );
    router.removeCacheUpdate(A).addCacheUpdate(A, to('second'));

    expect(await publish(A(1))).toEqual(['second: ->a1']);
  });

  test('R2: a group of cache updates gets those that have no route of their own', async () => {
    const observing = router.route(CacheUpdate).subscribe(to('group'));
    router.addCacheUpdate(A, to('a'));
    expect(await publish(A(1), B(1))).toEqual(['a: ->a1', 'group: ->b1']);

    observing.unsubscribe();
    expect(await publish(A(2), B(2))).toEqual(['a: a1>a2']);
  });

  test.each([
    ['addCacheUpdate', ['a', () => {}], 'a message type, got "a" (string).'],
    ['addCacheUpdate', [A], 'handler to be a function, got undefined.'],
    ['removeCacheUpdate', [undefined], 'a message type, got undefined.'],
  ] as const)('R2: %s(%p) is refused', (call, args, message) => {
    expect(() => (router[call] as (...args: unknown[]) => unknown)(...args)).toThrow(
      stasisError('INVALID_ARGUMENT', `[router] ${call}(): expected ${message}`),
    );
  });
});
