// What the caches of the others hold (B1, B8, B9).

import { createCache, createCachingTopic, messageType, type MessageType } from '@stasis-rx/core';
import { eventually, expectSame, numbersOf, type ContractGroup, type Item } from './contract-group.js';

export async function cachesByEntity(group: ContractGroup): Promise<void> {
  const { State } = group;
  const Total: MessageType<number> = messageType<number>('total');
  const withAggregate = async (eid: string) => {
    const cache = createCache({
      id: (message) => (State.is(message) ? message.data.id : undefined),
      aggregate: {
        compute: ({ local, remotes }) => {
          const all = local === undefined ? remotes : [local, ...remotes];
          return Total(
            all.reduce((sum, { data }) => sum + (data as Item).n, 0),
            { eid: null },
          );
        },
      },
    });
    const before = (topic: Parameters<typeof createCachingTopic>[0]) => createCachingTopic(topic, cache);
    return { ...(await group.join(eid, { before })), sums: cache };
  };
  const [a, b] = [await withAggregate('a'), await withAggregate('b')];
  a.topic.publish(State({ id: 'x', n: 1 }));
  b.topic.publish(State({ id: 'x', n: 10 }));
  const total = ({ sums }: typeof a) => sums.get(State, 'x', null)?.data as unknown;
  await eventually('both aggregates to be 11', () => total(a) === 11 && total(b) === 11);
  expectSame('the local snapshot', b.cache.get(State, 'x')?.data.n, 10);
  expectSame("the other's snapshot", b.cache.get(State, 'x', 'a')?.data.n, 1);
}

export async function givesSnapshotsFirst(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const before = await group.join('a', { before: (topic) => void topic.publish(State({ id: 'old', n: 1 })) });
  before.topic.publish(State({ id: 'new', n: 2 }));
  before.topic.publish(State({ id: 'new', n: 3 }));
  before.topic.publish(Note({ id: 'x', n: 4 }));
  await before.bridge.flushed();
  const late = await group.join('late');
  before.topic.publish(Note({ id: 'x', n: 5 }));
  await eventually('what follows to arrive', () => numbersOf(late, 'a').includes(5));
  expectSame('what came', numbersOf(late, 'a'), [1, 3, 5]);
  expectSame('what others see of it again', before.got.length, 5);
}

export async function clearsElsewhere(group: ContractGroup): Promise<void> {
  const { State } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  const cached = createCachingTopic(a.topic, createCache({ id: () => undefined }));
  a.topic.publish(State({ id: 'x', n: 1 }));
  a.topic.publish(State({ id: 'y', n: 2 }));
  cached.clear(State({ id: 'x', n: 1 }));
  await eventually('one entry to go', () => b.cache.size === 1);
  expectSame('what is left', b.cache.get(State, 'y', 'a')?.data.n, 2);
}

export async function clearsOnLeaving(group: ContractGroup): Promise<void> {
  const { State } = group;
  const [a, b, c] = [await group.join('a'), await group.join('b'), await group.join('c')];
  for (const { topic } of [a, c]) topic.publish(State({ id: 'x', n: 1 }));
  await eventually('both snapshots to arrive', () => b.cache.all(State, 'x').length === 2);
  await a.bridge.close();
  await eventually('the entry to go', () => b.cache.get(State, 'x', 'a') === undefined);
  expectSame('the entry of the one that stays', b.cache.get(State, 'x', 'c')?.data.n, 1);
  await eventually('the peer to have left', () => !b.bridge.peers().includes('a'));
}

export async function replacesOnRestart(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const [first, b] = [await group.join('a'), await group.join('b')];
  first.topic.publish(State({ id: 'x', n: 1 }));
  first.topic.publish(State({ id: 'y', n: 1 }));
  await eventually('the snapshots to arrive', () => b.cache.size === 2);
  await first.bridge.close({ signal: AbortSignal.abort() }); // as if it had been killed
  const again = await group.join('a', { before: (topic) => void topic.publish(State({ id: 'y', n: 2 })) });
  again.topic.publish(Note({ id: 'x', n: 3 }));
  await eventually('what it says now to arrive', () => numbersOf(b, 'a').includes(3));
  expectSame('what it had and has not', b.cache.get(State, 'x', 'a'), undefined);
  expectSame('what it has', b.cache.get(State, 'y', 'a')?.data.n, 2);
}
