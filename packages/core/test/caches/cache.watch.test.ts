import {
  CacheClear,
  createBus,
  createCache,
  createCachingTopic,
  subscribe,
  type Cache,
  type Message,
} from '../../src/index.js';
import { firstValueFrom, take, tap, type Observable } from 'rxjs';
import { LiveCache } from '../../src/caches/live-cache.js';
import { Bridge, bridge, Channel, channel, snapshotId, type Snapshot } from '../support/snapshots.js';

function watchedTopic() {
  const bus = createBus();
  const topic = bus.topic('channels');
  const cache = createCache({ id: snapshotId });
  return { bus, topic, cache, cached: createCachingTopic(topic, cache) };
}

/** What a watcher is shown: states, and `-` for nothing. */
function record(watched: Observable<Message<Snapshot> | undefined>): string[] {
  const states: string[] = [];
  watched.subscribe((snapshot) => states.push(snapshot?.data.state ?? '-'));
  return states;
}

const watch = (cache: Cache): string[] => record(cache.watch(Channel, '1'));

afterEach(() => {
  jest.useRealTimers();
});

describe('watching', () => {
  it('C5: shows the current snapshot and every later one', () => {
    const { topic, cache } = watchedTopic();
    topic.publish(channel('1', 'a'));
    const seen = watch(cache);
    topic.publish(channel('1', 'b'));
    topic.publish(channel('1', 'c'));

    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('C5: shows undefined when there is none, before the first and after a clear', () => {
    const { topic, cache, cached } = watchedTopic();
    const seen = watch(cache);
    topic.publish(channel('1', 'a'));
    cached.clear(channel('1'));
    cached.clear(channel('1'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual(['-', 'a', '-', 'b']);
  });

  it('C5: shows the messages themselves', async () => {
    const { topic, cache } = watchedTopic();
    const message = channel('1');
    topic.publish(message);

    expect(await firstValueFrom(cache.watch(Channel, '1'))).toBe(message);
  });

  it('C5: shows nothing of other ids, types and entities', () => {
    const { topic, cache } = watchedTopic();
    const seen = watch(cache);
    for (const other of [channel('2'), bridge('1'), channel('1', 'up', 'node-b'), channel('1', 'all', null)]) {
      topic.publish(other);
      topic.publish(CacheClear(other));
    }

    expect(seen).toEqual(['-']);
  });

  it('C5: shows one message twice published once', () => {
    const { topic, cache } = watchedTopic();
    const seen = watch(cache);
    const [message, equal] = [channel('1', 'a'), channel('1', 'a')];
    for (const published of [message, message, equal]) topic.publish(published);

    expect(seen).toEqual(['-', 'a', 'a']);
  });

  it('C5: shows each watcher the same', () => {
    const { topic, cache } = watchedTopic();
    const seen = [watch(cache), watch(cache), record(cache.watch(Bridge, '1'))];
    topic.publish(channel('1', 'a'));
    topic.publish(bridge('1', 'b'));

    expect(seen).toEqual([
      ['-', 'a'],
      ['-', 'a'],
      ['-', 'b'],
    ]);
  });

  it('C5: may be subscribed to again and again', () => {
    const { topic, cache } = watchedTopic();
    const watched = cache.watch(Channel, '1');
    const first = record(watched);
    topic.publish(channel('1', 'a'));
    const second = record(watched);
    topic.publish(channel('1', 'b'));

    expect([first, second]).toEqual([
      ['-', 'a', 'b'],
      ['a', 'b'],
    ]);
  });

  it.each(['', '0', 0])('C1: shows the id %p', (id) => {
    const { topic, cache } = watchedTopic();
    const seen = record(cache.watch(Channel, id));
    topic.publish(channel(id, 'a'));

    expect(seen).toEqual(['-', 'a']);
  });
});

describe('watching without a gap, and nothing twice', () => {
  it.each(['synchronous', 'observer'] as const)('C5: from inside a handler of the publish (%s)', (way) => {
    const { topic, cache } = watchedTopic();
    let seen: string[] | undefined;
    const handler = (): void => void (seen ??= watch(cache));
    watch(cache);
    if (way === 'synchronous') subscribe(topic, handler, { accept: [Channel], delivery: 'synchronous' });
    else topic.subscribe(handler);
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual(['a', 'b']);
  });

  it('C5: from inside a handler of the update', () => {
    const { topic, cache, cached } = watchedTopic();
    let seen: string[] | undefined;
    cached.topic.subscribe(() => (seen ??= watch(cache)));
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual(['a', 'b']);
  });

  it('C5: from inside a watcher', () => {
    const { topic, cache } = watchedTopic();
    const seen: string[][] = [];
    cache.watch(Channel, '1').subscribe((snapshot) => {
      if (snapshot !== undefined) seen.push(watch(cache));
    });
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual([['a', 'b'], ['b']]);
  });

  it('C5: between nested publishes, in their order', () => {
    const { topic, cache } = watchedTopic();
    const late: string[][] = [];
    subscribe(
      topic,
      ({ data: { state } }) => {
        if (state !== 'a') return;
        topic.publish(channel('1', 'b'));
        late.push(watch(cache));
        topic.publish(channel('1', 'c'));
        late.push(watch(cache));
      },
      { accept: [Channel], delivery: 'synchronous' },
    );
    const early = watch(cache);
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'd'));

    expect(early).toEqual(['-', 'a', 'b', 'c', 'd']);
    expect(late).toEqual([
      ['b', 'c', 'd'],
      ['c', 'd'],
    ]);
  });

  it('C5: when a watcher publishes, for it and for the others', () => {
    const { topic, cache } = watchedTopic();
    const first: string[] = [];
    cache.watch(Channel, '1').subscribe((snapshot) => {
      first.push(snapshot?.data.state ?? '-');
      if (snapshot?.data.state === 'a') topic.publish(channel('1', 'b'));
    });
    const second = watch(cache);
    topic.publish(channel('1', 'a'));

    expect([first, second]).toEqual([
      ['-', 'a', 'b'],
      ['-', 'a', 'b'],
    ]);
  });

  it('C5: when a watcher publishes as it is shown the first', () => {
    const { topic, cache } = watchedTopic();
    const seen: string[] = [];
    cache.watch(Channel, '1').subscribe((snapshot) => {
      seen.push(snapshot?.data.state ?? '-');
      if (snapshot === undefined) topic.publish(channel('1', 'a'));
    });

    expect(seen).toEqual(['-', 'a']);
  });

  it('C5: in the order of the changes, when an operator publishes as it is shown the first', () => {
    const { topic, cache } = watchedTopic();
    const next = new Map([
      ['-', 'a'],
      ['a', 'b'],
    ]);
    const publishNext = (snapshot: Message<Snapshot> | undefined): void => {
      const state = next.get(snapshot?.data.state ?? '-');
      if (state !== undefined) topic.publish(channel('1', state));
    };
    const seen = record(cache.watch(Channel, '1').pipe(tap(publishNext)));
    topic.publish(channel('1', 'c'));

    expect(seen).toEqual(['-', 'a', 'b', 'c']);
  });

  it('C5, C7: with several caching topics on one cache', () => {
    const { bus, topic, cache } = watchedTopic();
    const other = bus.topic('other');
    createCachingTopic(other, cache);
    createCachingTopic(topic, cache);
    const seen = watch(cache);
    topic.publish(channel('1', 'a'));
    other.publish(channel('1', 'b'));
    other.publish(CacheClear(channel('1')));
    topic.publish(channel('1', 'c'));

    expect(seen).toEqual(['-', 'a', 'b', '-', 'c']);
  });

  it('C5, C7: with caching topics on two buses, in the order of writing', () => {
    const { topic, cache } = watchedTopic();
    const elsewhere = createBus().topic('elsewhere');
    createCachingTopic(elsewhere, cache);
    const early = watch(cache);
    let late: string[] | undefined;
    subscribe(
      topic,
      ({ data: { state } }) => {
        if (state !== 'a') return;
        topic.publish(channel('1', 'b'));
        elsewhere.publish(channel('1', 'c'));
        late = watch(cache);
        topic.publish(channel('1', 'd'));
      },
      { accept: [Channel], delivery: 'synchronous' },
    );
    topic.publish(channel('1', 'a'));

    expect(early).toEqual(['-', 'a', 'b', 'c', 'd']);
    expect(late).toEqual(['c', 'd']);
    expect(cache.get(Channel, '1')?.data.state).toBe('d');
  });
});

describe('ceasing to watch', () => {
  it('C5: is shown nothing more, also of what is on its way', () => {
    const { topic, cache } = watchedTopic();
    const seen = record(cache.watch(Channel, '1').pipe(take(2)));
    const left: unknown[] = [];
    const watching = cache.watch(Channel, '1').subscribe((snapshot) => left.push(snapshot));
    subscribe(topic, () => watching.unsubscribe(), { accept: [Channel], delivery: 'synchronous' });
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual(['-', 'a']);
    expect(left).toEqual([undefined]);
  });

  it('C5: keeps nobody else from watching', () => {
    const { topic, cache } = watchedTopic();
    const first = cache.watch(Channel, '1').subscribe();
    const seen = watch(cache);
    first.unsubscribe();
    first.unsubscribe();
    topic.publish(channel('1', 'a'));

    expect(seen).toEqual(['-', 'a']);
  });

  it('C5: goes on past a watcher that fails', () => {
    jest.useFakeTimers();
    const { topic, cache } = watchedTopic();
    cache.watch(Channel, '1').subscribe((snapshot) => {
      if (snapshot !== undefined) throw new Error('cannot');
    });
    const seen = watch(cache);
    topic.publish(channel('1', 'a'));
    topic.publish(channel('1', 'b'));

    expect(seen).toEqual(['-', 'a', 'b']);
    expect(() => jest.runAllTimers()).toThrow('cannot'); // where RxJS reports an unhandled error
  });

  it('C5: goes on when the caching topic or its topic ends, with what other caching topics write', async () => {
    const { bus, topic, cache } = watchedTopic();
    const other = createBus().topic('other');
    createCachingTopic(other, cache);
    const seen = watch(cache);
    topic.publish(channel('1', 'a'));
    topic.complete();
    await bus.close();
    other.publish(channel('1', 'b'));

    expect(seen).toEqual(['-', 'a', 'b']);
  });

  it('C5: leaves nothing behind where there is no snapshot, nor does a clear where nobody watches', () => {
    const cache = new LiveCache({ id: snapshotId });
    const topic = createBus().topic('channels');
    const cached = createCachingTopic(topic, cache);
    const entries = cache.entriesOf(Channel);
    const watching = cache.watch(Channel, '1').subscribe();
    expect([...entries.ids, entries.isWatched]).toEqual([true]);

    watching.unsubscribe();
    expect(entries.isWatched).toBe(false);

    topic.publish(channel('2'));
    cached.clear(channel('2'));
    expect([...entries.ids]).toEqual([]);

    topic.publish(channel('3', 'up', 'node-b'));
    cached.clear(channel('3', 'up', 'node-b'));
    expect([...entries.ids]).toEqual([]);
  });
});
