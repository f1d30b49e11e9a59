import {
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  forwardAll,
  LOCAL_EID,
  messageType,
  subscribe,
  type MessageType,
  type StandardSchema,
} from '@stasis-rx/core';
import type { ContractCase } from '@stasis-rx/core/testing';
import { withCodec } from '../codec.js';
import {
  aWhile,
  contractCases,
  eventually,
  expectSame,
  numbersOf,
  upTo,
  type BridgeContractSubject,
  type ContractGroup,
  type Item,
} from './contract-group.js';

/**
 * The contract of bridges (B1–B13), whatever carries them: what crosses and under whose name, order, once and only once,
 * snapshots, leaving, hostile data, flow. What a transport does when it fails is its own tests' business. The cases wait
 * in real time, a few hundred milliseconds each.
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of bridgeContract(createSubject)) test(title, run);
 */
export function bridgeContract(create: () => BridgeContractSubject | Promise<BridgeContractSubject>): ContractCase[] {
  return contractCases(create, {
    'B1: delivers a local message under the eid of its bus, with its time and its data': keepsIdentity,
    'B1: keeps the snapshots of other buses beside the local one, and aggregates all of them': cachesByEntity,
    'B2: lets nothing cross but the named types on the named topics': crossesOnlyNamed,
    'B2: lets neither messages of other entities nor aggregates cross': crossesOnlyLocal,
    'B2: a codec takes data across that JSON cannot carry': crossesByCodec,
    'B3: sends nothing back, and nothing on': hasNoEcho,
    'B3: delivers once what comes through two bridges': mergesTwoBridges,
    'B3: delivers once round a triangle of bridges': mergesTriangle,
    'B4: keeps the order of a bus on a topic, across types': keepsOrder,
    'B4: keeps the order of a bus on a pool, across its topics': keepsOrderOfPool,
    'B5: delivers each message of three buses once to the others': deliversOnce,
    'B8: gives a late joiner the current snapshots before anything else': givesSnapshotsFirst,
    'B8: clears at the others what is cleared here': clearsElsewhere,
    'B9: takes the entries of a bus that leaves out of the caches, with updates': clearsOnLeaving,
    'B9: a bus that starts again replaces what it had before': replacesOnRestart,
    'B10: drops data that its type does not take, reports it, and goes on': rejectsInvalid,
    'B11: topics and entities may have any name': takesAnyName,
    'B12: a topic that has to wait keeps no other waiting': isolatesTopics,
    'B13: sends what was published before it closes, and closes once': drainsOnClose,
    'B13: closes with its bus': closesWithBus,
  });
}

async function keepsIdentity(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  const note = Note({ id: 'x', n: 1 }, { timestamp: 1_700_000_000_000 });
  a.topic.publish(note);
  await eventually('the message to arrive', () => b.got.length > 0);
  const [got] = b.got;
  expectSame('the entity, time and data', [got?.eid, got?.timestamp, got?.data], ['a', note.timestamp, note.data]);
  expectSame('its type', Note.is(got), true);
  expectSame('what the publisher keeps', a.got, [note]);
}

async function cachesByEntity(group: ContractGroup): Promise<void> {
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

async function crossesOnlyNamed(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const [a, b] = [await group.join('a', { types: [Note] }), await group.join('b')];
  const elsewhere = a.bus.topic('elsewhere');
  forwardAll(elsewhere, a.topic);
  elsewhere.publish(Note({ id: 'x', n: 1 }));
  a.topic.publish(State({ id: 'x', n: 2 }));
  a.topic.publish(Note({ id: 'x', n: 3 }));
  await eventually('the named message to arrive', () => numbersOf(b, 'a').includes(3));
  expectSame('what came', numbersOf(b, 'a'), [3]);
  expectSame('the topics of the other bus', b.bus.find('elsewhere'), undefined);
}

async function crossesOnlyLocal(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  a.topic.publish(Note({ id: 'x', n: 1 }, { eid: 'somebody' }));
  a.topic.publish(Note({ id: 'x', n: 2 }, { eid: null }));
  a.topic.publish(Note({ id: 'x', n: 3 }));
  await eventually('the local message to arrive', () => b.got.length > 0);
  await aWhile();
  expectSame(
    'what came',
    b.got.map(({ eid, data }) => [eid, (data as Item).n]),
    [['a', 3]],
  );
}

async function crossesByCodec(group: ContractGroup): Promise<void> {
  const Booked = messageType<{ at: Date }>('booked');
  const booked = withCodec(Booked, {
    encode: ({ at }) => at.getTime(),
    decode: (value) => ({ at: new Date(Number(value)) }),
  });
  const Tick = messageType('tick');
  const [a, b] = [await group.join('a', { types: [booked, Tick] }), await group.join('b', { types: [booked, Tick] })];
  a.topic.publish(Booked({ at: new Date(86_400_000) }));
  a.topic.publish(Tick());
  await eventually('both to arrive', () => b.got.length === 2);
  expectSame('the date', (b.got[0]?.data as { at: Date }).at.getTime(), 86_400_000);
  expectSame('no data', b.got[1]?.data, undefined);
}

async function hasNoEcho(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const members = [await group.join('a'), await group.join('b'), await group.join('c')];
  for (const [index, { topic }] of members.entries()) topic.publish(Note({ id: 'x', n: index }));
  await eventually('all to have all', () => members.every(({ got }) => got.length >= 3));
  await aWhile();
  for (const { got } of members) expectSame('how many came', got.length, 3);
}

async function mergesTwoBridges(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  const [a2, b2] = [await group.join('a', { bus: a.bus, group: 1 }), await group.join('b', { bus: b.bus, group: 1 })];
  for (const n of upTo(500)) a.topic.publish(Note({ id: 'x', n }));
  await Promise.all([a.bridge.flushed(), a2.bridge.flushed()]);
  await eventually('all to arrive', () => b.got.length >= 500);
  const through = ({ bridge }: typeof b): number => bridge.statistics().topics[0]?.delivered ?? 0;
  await eventually(
    'both bridges to have carried them',
    () => duplicates(b) + duplicates(b2) + through(b) + through(b2) >= 1000,
  );
  expectSame('what came', numbersOf(b, 'a'), upTo(500));
}

function duplicates({
  bridge,
}: {
  readonly bridge: { statistics(): { readonly topics: readonly { readonly duplicates: number }[] } };
}): number {
  return bridge.statistics().topics.reduce((sum, topic) => sum + topic.duplicates, 0);
}

async function mergesTriangle(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b, c] = [await group.join('a'), await group.join('b'), await group.join('c', { group: 1 })];
  await group.join('b', { bus: b.bus, group: 1 });
  await group.join('c', { bus: c.bus, group: 2 });
  await group.join('a', { bus: a.bus, group: 2 });
  for (const { topic } of [a, b, c]) for (const n of upTo(20)) topic.publish(Note({ id: 'x', n }));
  await eventually('all to have all', () => [a, b, c].every(({ got }) => got.length >= 60));
  await aWhile();
  for (const { got } of [a, b, c]) expectSame('how many came', got.length, 60);
}

async function keepsOrder(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  for (const n of upTo(1000)) a.topic.publish(n % 3 === 0 ? State({ id: `${n}`, n }) : Note({ id: 'x', n }));
  await eventually('all to arrive', () => b.got.length >= 1000);
  expectSame('what came', numbersOf(b, 'a'), upTo(1000));
}

async function keepsOrderOfPool(group: ContractGroup): Promise<void> {
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

async function deliversOnce(group: ContractGroup): Promise<void> {
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

async function givesSnapshotsFirst(group: ContractGroup): Promise<void> {
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

async function clearsElsewhere(group: ContractGroup): Promise<void> {
  const { State } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  const cached = createCachingTopic(a.topic, createCache({ id: () => undefined }));
  a.topic.publish(State({ id: 'x', n: 1 }));
  a.topic.publish(State({ id: 'y', n: 2 }));
  cached.clear(State({ id: 'x', n: 1 }));
  await eventually('one entry to go', () => b.cache.size === 1);
  expectSame('what is left', b.cache.get(State, 'y', 'a')?.data.n, 2);
}

async function clearsOnLeaving(group: ContractGroup): Promise<void> {
  const { State } = group;
  const [a, b, c] = [await group.join('a'), await group.join('b'), await group.join('c')];
  for (const { topic } of [a, c]) topic.publish(State({ id: 'x', n: 1 }));
  await eventually('both snapshots to arrive', () => b.cache.all(State, 'x').length === 2);
  await a.bridge.close();
  await eventually('the entry to go', () => b.cache.get(State, 'x', 'a') === undefined);
  expectSame('the entry of the one that stays', b.cache.get(State, 'x', 'c')?.data.n, 1);
  await eventually('the peer to have left', () => !b.bridge.peers().includes('a'));
}

async function replacesOnRestart(group: ContractGroup): Promise<void> {
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

async function rejectsInvalid(group: ContractGroup): Promise<void> {
  const { Note, State } = group;
  const Strict = messageType('note', { schema: odd });
  const [a, b] = [await group.join('a'), await group.join('b', { types: [Strict] })];
  for (const n of upTo(4)) a.topic.publish(Note({ id: 'x', n }));
  a.topic.publish(State({ id: 'x', n: 5 }));
  a.topic.publish(Note({ id: 'x', n: 7 }));
  await eventually('the last to arrive', () => numbersOf(b, 'a').includes(7));
  expectSame('what came', numbersOf(b, 'a'), [1, 3, 7]);
  const reasons = b.events.flatMap((event) => (event.type === 'rejected' ? event.reason : []));
  expectSame('what was reported', reasons, ['invalid', 'invalid', 'unknown-type']);
}

const odd: StandardSchema<Item> = {
  '~standard': {
    version: 1,
    vendor: 'contract',
    validate: (value) =>
      (value as Item).n % 2 === 0 ? { issues: [{ message: 'it is even' }] } : { value: value as Item },
  },
};

async function takesAnyName(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const names = [
    'a.b',
    'a',
    '*',
    '>',
    'a b',
    '\u0000\n\r',
    'über/Größe',
    '🎉',
    '=002e',
    '__proto__',
    '\ud800',
    'a.>',
    '.',
    '..',
  ];
  const [a, b] = [
    await group.join('.*> \n\ud800', { topics: names, caches: [] }),
    await group.join('b', { topics: names, caches: [] }),
  ];
  const got: string[] = [];
  for (const name of names) {
    subscribe(
      b.bus.topic(name),
      (message, { name: from }) => got.push(`${from}#${message.data.id}#${message.eid ?? ''}`),
      { accept: [Note] },
    );
  }
  for (const name of names) a.bus.topic(name).publish(Note({ id: name, n: 1 }));
  await eventually('all to arrive', () => got.length >= names.length);
  await aWhile();
  expectSame('what came, and where', got.sort(), names.map((name) => `${name}#${name}#${a.bus.eid}`).sort());
}

async function isolatesTopics(group: ContractGroup): Promise<void> {
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

async function drainsOnClose(group: ContractGroup): Promise<void> {
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

async function closesWithBus(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  a.topic.publish(Note({ id: 'x', n: 1 }));
  await a.bus.close();
  await eventually('the bridge to close', () => a.events.some(({ type }) => type === 'closed'));
  await eventually('the message to arrive', () => b.got.length > 0);
  await eventually('the peer to leave', () => !b.bridge.peers().includes('a'));
}
