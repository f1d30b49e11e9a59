// What crosses, and under whose name (B1, B2, B3, B11).

import { forwardAll, messageType, subscribe } from '@stasis-rx/core';
import { withCodec } from '../protocol/codec.js';
import {
  aWhile,
  eventually,
  expectSame,
  numbersOf,
  upTo,
  type ContractGroup,
  type Item,
  type Member,
} from './contract-group.js';

export async function keepsIdentity(group: ContractGroup): Promise<void> {
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

export async function crossesOnlyNamed(group: ContractGroup): Promise<void> {
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

export async function crossesOnlyLocal(group: ContractGroup): Promise<void> {
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

export async function crossesByCodec(group: ContractGroup): Promise<void> {
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

export async function hasNoEcho(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const members = [await group.join('a'), await group.join('b'), await group.join('c')];
  for (const [index, { topic }] of members.entries()) topic.publish(Note({ id: 'x', n: index }));
  await eventually('all to have all', () => members.every(({ got }) => got.length >= 3));
  await aWhile();
  for (const { got } of members) expectSame('how many came', got.length, 3);
}

export async function mergesTwoBridges(group: ContractGroup): Promise<void> {
  const { Note } = group;
  const [a, b] = [await group.join('a'), await group.join('b')];
  const [a2, b2] = [await group.join('a', { bus: a.bus, group: 1 }), await group.join('b', { bus: b.bus, group: 1 })];
  for (const n of upTo(500)) a.topic.publish(Note({ id: 'x', n }));
  await Promise.all([a.bridge.flushed(), a2.bridge.flushed()]);
  await eventually('all to arrive', () => b.got.length >= 500);
  await eventually('both bridges to have carried them', () => carriedBy(b) + carriedBy(b2) >= 1000);
  expectSame('what came', numbersOf(b, 'a'), upTo(500));
}

/** Records of others that came over a member's bridge, those that came before included. */
function carriedBy({ bridge }: Member): number {
  return bridge.statistics().topics.reduce((sum, { delivered, duplicates }) => sum + delivered + duplicates, 0);
}

export async function mergesTriangle(group: ContractGroup): Promise<void> {
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

export async function takesAnyName(group: ContractGroup): Promise<void> {
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
