import {
  CacheClear,
  CacheUpdate,
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  subscribe,
  type AggregateEntry,
  type AggregateOptions,
  type Message,
  type StasisError,
} from '../../src/index.js';
import { Channel, channel, snapshotId } from '../support/snapshots.js';

type State = Message<{ readonly state: string } | undefined>;

/** A message in words: `up@node-b`; of a cache update, `old > new`. */
function tell(message: Message | null | undefined): string {
  if (message === null || message === undefined) return '-';
  if (CacheUpdate.is(message)) return `${tell(message.data.oldSnapshot)} > ${tell(message.data.newSnapshot)}`;
  return `${String((message as State).data?.state)}@${message.eid ?? 'all'}`;
}

/** The aggregate here is the states of all entities, each once, in alphabetical order. */
function joinStates({ local, remotes }: AggregateEntry, changed: Message): Message {
  const states = [...(local === undefined ? [] : [local]), ...remotes].map((message) => (message as State).data?.state);
  return channel(snapshotId(changed)!, [...new Set(states)].sort().join('+'), null);
}

function aggregated(options: Partial<AggregateOptions> = {}) {
  const errors: StasisError[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  const topic = bus.topic('channels');
  const compute = jest.fn(options.compute ?? joinStates);
  const cache = createCache({ id: snapshotId, aggregate: { publish: options.publish, compute } });
  const cached = createCachingTopic(topic, cache);
  const lines: string[] = [];
  topic.subscribe((message) => lines.push(tell(message)));
  cached.topic.subscribe((message) => lines.push(tell(message)));
  return { bus, topic, cache, cached, compute, errors, lines };
}

describe('an aggregate', () => {
  it('C6: is recomputed with every change of its id, and read with the entity id null', () => {
    const { topic, cache, cached } = aggregated();
    expect(cache.get(Channel, '1', null)).toBeUndefined();

    topic.publish(channel('1', 'up'));
    expect(tell(cache.get(Channel, '1', null))).toBe('up@all');

    topic.publish(channel('1', 'down', 'node-b'));
    expect(tell(cache.get(Channel, '1', null))).toBe('down+up@all');

    cached.clear(channel('1', 'up'));
    expect(tell(cache.get(Channel, '1', null))).toBe('down@all');
    expect(cache.size).toBe(1);
  });

  it("C6: an update with the old and the new aggregate follows the entity's own", () => {
    const { topic, lines } = aggregated();
    topic.publish(channel('1', 'up'));
    topic.publish(channel('1', 'down', 'node-b'));

    expect(lines).toEqual([
      'up@local',
      '- > up@local',
      '- > up@all',
      'down@node-b',
      '- > down@node-b',
      'up@all > down+up@all',
    ]);
  });

  it('C6: its update is of the type of the snapshots and has no entity id', () => {
    const { topic, cached, cache } = aggregated();
    const updates: Message[] = [];
    cached.topic.subscribe((update) => updates.push(update));
    topic.publish(channel('1', 'up'));

    expect(updates[1]).toMatchObject({ eid: null, data: { type: Channel, oldSnapshot: null } });
    expect((updates[1] as ReturnType<typeof CacheUpdate>).data.newSnapshot).toBe(cache.get(Channel, '1', null));
  });

  it('C6: is computed from all snapshots of the id as they now are, the old aggregate, and the one that changed', () => {
    const { topic, cached, compute } = aggregated();
    const [local, second, third] = [channel('1', 'a'), channel('1', 'b', 'node-b'), channel('1', 'c', 'node-c')];
    const results = (): unknown[] => compute.mock.results.map(({ value }) => value as unknown);
    for (const message of [local, second, third]) topic.publish(message);
    topic.publish(channel('2'));
    cached.clear(second);
    cached.clear(local);

    expect(compute.mock.calls).toEqual([
      [{ local, remotes: [], aggregate: undefined }, local],
      [{ local, remotes: [second], aggregate: results()[0] }, second],
      [{ local, remotes: [second, third], aggregate: results()[1] }, third],
      [expect.anything(), expect.objectContaining({ data: { id: '2', state: 'up' } })],
      [{ local, remotes: [third], aggregate: results()[2] }, second],
      [{ local: undefined, remotes: [third], aggregate: results()[4] }, local],
    ]);
  });

  it('C6: a clear is told with the snapshot that was there, not the one in the clear message', () => {
    const { topic, compute } = aggregated();
    const held = channel('1', 'held', 'node-b');
    topic.publish(channel('1'));
    topic.publish(held);
    topic.publish(CacheClear(channel('1', 'other', 'node-b')));

    expect(compute.mock.lastCall?.[1]).toBe(held);
  });

  it('C6: that changes is published through the given function, then told in an update', () => {
    const publish = jest.fn((watched: { publish: (message: Message) => unknown }, aggregate: Message) =>
      watched.publish(aggregate),
    );
    const { topic, lines } = aggregated({ publish });
    topic.publish(channel('1', 'up'));
    topic.publish(channel('1', 'down', 'node-b'));

    expect(publish.mock.calls.map(([watched, message]) => [watched, tell(message)])).toEqual([
      [topic, 'up@all'],
      [topic, 'down+up@all'],
    ]);
    expect(lines).toEqual([
      'up@local',
      '- > up@local',
      'up@all',
      '- > up@all',
      'down@node-b',
      '- > down@node-b',
      'down+up@all',
      'up@all > down+up@all',
    ]);
  });

  it('C6: that is published on the watched topic does not come back as a snapshot', () => {
    const { topic, cache, compute } = aggregated({ publish: (watched, aggregate) => watched.publish(aggregate) });
    topic.publish(channel('1'));

    expect(compute).toHaveBeenCalledTimes(1);
    expect(cache.size).toBe(1);
    expect(cache.dumpAll()).toHaveLength(1);
  });

  it('C6: an equal one, recomputed, changes nothing and publishes nothing', () => {
    const publish = jest.fn();
    const { topic, cache, compute, lines } = aggregated({ publish });
    topic.publish(channel('1', 'up'));
    const first = cache.get(Channel, '1', null);
    lines.length = 0;
    topic.publish(channel('1', 'up', 'node-b'));

    expect(compute).toHaveBeenCalledTimes(2);
    expect(lines).toEqual(['up@node-b', '- > up@node-b']);
    expect(publish).toHaveBeenCalledTimes(1);
    expect(cache.get(Channel, '1', null)).toBe(first);
  });

  it('C6: one that says the same under another message type has changed', () => {
    const types = [messageType('one'), messageType('other')];
    const { topic, cache } = aggregated({ compute: () => types.shift()!(undefined, { eid: null }) });
    topic.publish(channel('1'));
    topic.publish(channel('1'));

    expect(cache.get(Channel, '1', null)?.type.name).toBe('other');
  });

  it('C6: of a removed entry goes with the last snapshot, without being recomputed', () => {
    const publish = jest.fn();
    const { topic, cache, cached, compute, lines } = aggregated({ publish });
    topic.publish(channel('1', 'up'));
    topic.publish(channel('1', 'up', 'node-b'));
    cached.clear(channel('1'));
    expect(tell(cache.get(Channel, '1', null))).toBe('up@all');

    compute.mockClear();
    publish.mockClear();
    lines.length = 0;
    cached.clear(channel('1', 'up', 'node-b'));

    expect(lines).toEqual([expect.any(String), 'up@node-b > -', 'up@all > -']);
    expect(cache.get(Channel, '1', null)).toBeUndefined();
    expect(cache.dump(Channel, null)).toEqual([]);
    expect([compute.mock.calls, publish.mock.calls]).toEqual([[], []]);
  });

  it('C6: of an entry that was removed and came again is new', () => {
    const { topic, cached, lines } = aggregated();
    topic.publish(channel('1', 'up'));
    cached.clear(channel('1'));
    lines.length = 0;
    topic.publish(channel('1', 'up'));

    expect(lines).toEqual(['up@local', '- > up@local', '- > up@all']);
  });

  it.each([undefined, null])('C6: there is none when %p is computed, and a former one goes', (nothing) => {
    const publish = jest.fn();
    let isWanted = false;
    const { topic, cache, lines } = aggregated({
      publish,
      compute: (entry, changed) => (isWanted ? joinStates(entry, changed) : nothing),
    });
    topic.publish(channel('1', 'a'));
    expect(cache.get(Channel, '1', null)).toBeUndefined();
    isWanted = true;
    topic.publish(channel('1', 'b'));
    isWanted = false;
    topic.publish(channel('1', 'c'));

    expect(cache.get(Channel, '1', null)).toBeUndefined();
    expect(lines.filter((line) => line.includes('all'))).toEqual(['- > b@all', 'b@all > -']);
    expect(publish).toHaveBeenCalledTimes(1);
  });

  it('C6: stays as it was when its function throws, which is reported', () => {
    const cause = new Error('cannot');
    const { topic, cache, errors, lines } = aggregated({
      compute(entry, changed) {
        if (entry.remotes.length > 0) throw cause;
        return joinStates(entry, changed);
      },
    });
    topic.publish(channel('1', 'up'));
    topic.publish(channel('1', 'down', 'node-b'));

    expect(errors).toMatchObject([
      {
        code: 'CACHE',
        cause,
        message: '[core] aggregate.compute() of a cache failed on a message of topic "channels".',
      },
    ]);
    expect(tell(cache.get(Channel, '1', null))).toBe('up@all');
    expect(cache.get(Channel, '1', 'node-b')).toBeDefined();
    expect(lines.at(-1)).toBe('- > down@node-b');
  });

  it.each([
    ['a snapshot of one entity', channel('1'), 'Envelope (object)'],
    ['a promise', Promise.resolve(), 'Promise (object)'],
    ['data alone', 5, '5 (number)'],
  ])('C6: stays as it was when %s is computed, which is reported', (_, computed, got) => {
    const { topic, cache, errors } = aggregated({ compute: () => computed as Message });
    topic.publish(channel('1'));

    expect(cache.get(Channel, '1', null)).toBeUndefined();
    expect(errors).toMatchObject([
      {
        code: 'CACHE',
        cause: {
          code: 'INVALID_ARGUMENT',
          message: `[core] aggregate.compute(): expected a message with eid null, or nothing, got ${got}.`,
        },
      },
    ]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('cannot');
      },
    ],
    ['rejects', () => Promise.reject(new Error('cannot'))],
  ])('C6: is told in an update also when its publish function %s, which is reported', async (_, publish) => {
    const { bus, topic, cache, errors, lines } = aggregated({ publish });
    topic.publish(channel('1', 'up'));
    await bus.settled();
    await Promise.resolve();

    expect(lines).toEqual(['up@local', '- > up@local', '- > up@all']);
    expect(tell(cache.get(Channel, '1', null))).toBe('up@all');
    expect(errors).toMatchObject([{ code: 'CACHE', cause: { message: 'cannot' } }]);
  });

  it('C6: may have data with a cycle', () => {
    interface Ring {
      state: string;
      self?: Ring;
    }
    const Cyclic = messageType<Ring>('cyclic');
    const ringOf = (state: string): Ring => {
      const ring: Ring = { state };
      return Object.assign(ring, { self: ring });
    };
    const { topic, lines, errors } = aggregated({
      compute: (_, changed) => Cyclic(ringOf(String((changed as State).data?.state)), { eid: null }),
    });
    for (const state of ['up', 'up', 'down']) topic.publish(channel('1', state));

    expect(errors).toEqual([]);
    expect(lines.filter((line) => line.includes('all'))).toEqual(['- > up@all', 'up@all > down@all']);
  });

  it('C3: can be read when the publish that changed it returns, also a nested one', () => {
    const { topic, cache } = aggregated();
    const seen: string[] = [];
    subscribe(
      topic,
      ({ data }) => {
        if (data.state !== 'up') return;
        topic.publish(channel('1', 'down', 'node-b'));
        seen.push(tell(cache.get(Channel, '1', null)));
      },
      { accept: [Channel], delivery: 'synchronous' },
    );
    topic.publish(channel('1', 'up'));

    expect(seen).toEqual(['down+up@all']);
  });

  it('C6: a snapshot that its function publishes is written after what is being written', () => {
    const { topic, cache, lines, errors } = aggregated({
      publish(watched, aggregate) {
        if (tell(aggregate) === 'up@all') watched.publish(channel('1', 'echo', 'node-b'));
      },
    });
    topic.publish(channel('1', 'up'));

    expect(lines).toEqual([
      'up@local',
      '- > up@local',
      'echo@node-b',
      '- > up@all',
      '- > echo@node-b',
      'up@all > echo+up@all',
    ]);
    expect(tell(cache.get(Channel, '1', null))).toBe('echo+up@all');
    expect(errors).toEqual([]);
  });
});
