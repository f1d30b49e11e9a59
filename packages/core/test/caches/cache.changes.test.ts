import { createBus, createCache, createCachingTopic, type Cache, type CacheChange } from '../../src/index.js';
import { Bridge, bridge, Channel, channel, snapshotId } from '../support/snapshots.js';

function watchedTopic() {
  const bus = createBus();
  const topic = bus.topic('channels');
  const cache = createCache({ id: snapshotId });
  return { bus, topic, cache, cached: createCachingTopic(topic, cache) };
}

const inWords = ({ id, snapshot }: CacheChange<typeof Channel>): string => `${id} ${snapshot?.data.state ?? '-'}`;

/** What a follower is told: ids and states, and `-` for a snapshot that was removed. */
function follow(cache: Cache): string[] {
  const told: string[] = [];
  cache.changes(Channel).subscribe((change) => told.push(inWords(change)));
  return told;
}

describe('the changes of a cache', () => {
  it('C5: tells each later change of whatever id, in order, and nothing of what was there', () => {
    const { topic, cache, cached } = watchedTopic();
    topic.publish(channel('1', 'a'));
    const told = follow(cache);
    topic.publish(channel('2', 'b'));
    topic.publish(channel('1', 'c'));
    cached.clear(channel('2'));
    topic.publish(channel('2', 'd'));

    expect(told).toEqual(['2 b', '1 c', '2 -', '2 d']);
  });

  it('C5: tells nothing of other types and entities', () => {
    const { topic, cache } = watchedTopic();
    const told = follow(cache);
    for (const other of [bridge('1'), channel('1', 'up', 'node-b'), channel('1', 'all', null)]) topic.publish(other);

    expect(told).toEqual([]);
  });

  it('C5: tells of no change when the same message comes again', () => {
    const { topic, cache } = watchedTopic();
    const told = follow(cache);
    const message = channel('1', 'a');
    topic.publish(message);
    topic.publish(message);

    expect(told).toEqual(['1 a']);
  });

  it('C5: tells all followers the same order, also when one of them publishes', () => {
    const { topic, cache } = watchedTopic();
    cache.changes(Channel).subscribe(({ id }) => {
      if (id === '1') topic.publish(channel('2', 'b'));
    });
    const told = follow(cache);
    topic.publish(channel('1', 'a'));

    expect(told).toEqual(['1 a', '2 b']);
  });

  it('C3: finds the cache written when it tells', () => {
    const { topic, cache } = watchedTopic();
    const sizes: number[] = [];
    cache.changes(Channel).subscribe(() => sizes.push(cache.size));
    topic.publish(channel('1'));
    topic.publish(channel('2'));

    expect(sizes).toEqual([1, 2]);
  });

  it('tells on of types that were empty meanwhile, until it is left', () => {
    const { topic, cache, cached } = watchedTopic();
    const told: string[] = [];
    const following = cache.changes(Channel).subscribe((change) => told.push(inWords(change)));
    topic.publish(channel('1', 'a'));
    cached.clear(channel('1'));
    topic.publish(channel('1', 'b'));
    following.unsubscribe();
    topic.publish(channel('1', 'c'));

    expect(told).toEqual(['1 a', '1 -', '1 b']);
  });

  it('leaves the watchers of single entries alone', () => {
    const { topic, cache } = watchedTopic();
    const states: (string | undefined)[] = [];
    cache.watch(Channel, '1').subscribe((snapshot) => states.push(snapshot?.data.state));
    const following = cache.changes(Channel).subscribe();
    topic.publish(channel('1', 'a'));
    following.unsubscribe();
    topic.publish(channel('1', 'b'));

    expect(states).toEqual([undefined, 'a', 'b']);
  });

  it('T6: goes on for the others when a follower throws', () => {
    jest.useFakeTimers();
    const { topic, cache } = watchedTopic();
    cache.changes(Channel).subscribe(() => {
      throw new Error('broken');
    });
    const told = follow(cache);
    topic.publish(channel('1', 'a'));

    expect(told).toEqual(['1 a']);
    expect(() => jest.runAllTimers()).toThrow('broken'); // where RxJS reports it
    jest.useRealTimers();
  });

  it('refuses what is no message type', () => {
    const { cache } = watchedTopic();
    expect(() => cache.changes('channel' as never)).toThrow(
      '[core] cache.changes(): expected a message type, got "channel" (string).',
    );
    expect(() => cache.changes(Bridge)).not.toThrow();
  });
});
