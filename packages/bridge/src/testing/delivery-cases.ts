// How what crosses arrives, and what does not (B4, B5, B10, B12, B13).

import { createBus, createTopicPool, LOCAL_EID, messageType, subscribe, type StandardSchema } from '@stasis-rx/core';
import { aWhile, eventually, expectSame, numbersOf, upTo, type ContractGroup, type Item } from './contract-group.js';

export async function keepsOrder(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  for (const n of upTo(1000)) a.topic.publish(n % 3 === 0 ? State({ id: `${n}`, n }) : Note({ id: 'x', n }));
  await eventually('all to arrive', () => b.got.length >= 1000);
  expectSame('what came', numbersOf(b, 'a'), upTo(1000));
}

export async function keepsOrderOfPool(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const pooled = async (eid: string) => {
    const bus = createBus({ eid });
    const pool = createTopicPool(bus.topic('calls'));
    return { ...(await group.join(eid, { bus, topics: [pool], caches: [] })), pool };
  };
  const [a, b] = [await pooled('a'), await pooled('b')];
  const named: string[] = [];
  subscribe(b.topic, (_, origin) => named.push(origin.name), { accept: [Note] });
  for (const n of upTo(300)) a.pool.topic(`${n % 7}`).publish(Note({ id: 'x', n }));
  await eventually('all to arrive', () => b.got.length >= 300);
  expectSame('what came', numbersOf(b, 'a'), upTo(300));
  expectSame(
    'where it was published',
    named,
    upTo(300).map((n) => `calls/${n % 7}`),
  );
}

export async function deliversOnce(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const members = [await group.join('a'), await group.join('b'), await group.join('c')];
  for (const n of upTo(2000)) for (const { topic } of members) topic.publish(Note({ id: 'x', n }));
  await eventually('all to have all', () => members.every(({ got }) => got.length >= 6000));
  for (const member of members) {
    for (const eid of ['a', 'b', 'c']) {
      expectSame('what came', numbersOf(member, eid === member.bus.eid ? LOCAL_EID : eid), upTo(2000));
    }
  }
}

export async function rejectsInvalid(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const Strict = messageType('note', { schema: odd });
  const [a, b] = [await group.join('a'), await group.join('b', { types: [Strict] })];
  for (const n of upTo(4)) a.topic.publish(Note({ id: 'x', n }));
  a.topic.publish(State({ id: 'x', n: 5 }));
  a.topic.publish(Note({ id: 'x', n: 7 }));
  await eventually('the last to arrive', () => numbersOf(b, 'a').includes(7));
  expectSame('what came', numbersOf(b, 'a'), [1, 3, 7]);
  const rejected = b.events.flatMap((event) => (event.type === 'rejected' ? event : []));
  expectSame('what was reported first', rejected[0]?.reason, 'invalid');
  const records = rejected.reduce((sum, event) => sum + event.records, 0);
  expectSame('how many records were reported', records, 3);
}

const odd: StandardSchema<Item> = {
  '~standard': {
    version: 1,
    vendor: 'contract',
    validate: (value) =>
      (value as Item).n % 2 === 0 ? { issues: [{ message: 'it is even' }] } : { value: value as Item },
  },
};

export async function isolatesTopics(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const topics = ['calls', 'other'];
  const [a, b] = [await group.join('a', { topics }), await group.join('b', { topics })];
  let release: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow: number[] = [];
  const quick: number[] = [];
  subscribe(b.topic, (message) => (slow.push(message.data.n), gate), { accept: [Note], highWater: 10 });
  subscribe(b.bus.topic('other'), (message) => quick.push(message.data.n), { accept: [Note] });
  for (const n of upTo(400)) a.topic.publish(Note({ id: 'x', n }));
  for (const n of upTo(400)) a.bus.topic('other').publish(Note({ id: 'x', n }));
  await eventually('the other topic to go on', () => quick.length === 400);
  await aWhile();
  expectSame('what the slow one handles', slow, [1]);
  expectSame('whether its mailbox is within bounds', b.got.length < 20, true);
  release?.();
  await eventually('the rest to arrive', () => slow.length === 400);
  expectSame('what came', slow, upTo(400));
}

export async function drainsOnClose(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  for (const n of upTo(1000)) a.topic.publish(Note({ id: 'x', n }));
  await Promise.all([a.bridge.close(), a.bridge.close()]);
  a.topic.publish(Note({ id: 'x', n: 1001 }));
  await eventually('all to arrive', () => b.got.length >= 1000);
  await aWhile();
  expectSame('what came', numbersOf(b, 'a'), upTo(1000));
  expectSame('how often it closed', a.events.filter(({ type }) => type === 'closed').length, 1);
}

export async function closesWithBus(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  a.topic.publish(Note({ id: 'x', n: 1 }));
  await a.bus.close();
  await eventually('the bridge to close', () => a.events.some(({ type }) => type === 'closed'));
  await eventually('the message to arrive', () => b.got.length > 0);
  await eventually('the peer to leave', () => !b.bridge.peers().includes('a'));
}
