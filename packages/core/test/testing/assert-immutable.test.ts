import { messageType, StasisError, SubscriptionChange } from '@stasis-rx/core';
import { assertImmutable } from '@stasis-rx/core/testing';

const Call = messageType<unknown>('call');

/** The paths that the error names. */
function mutablePaths(data: unknown): string[] {
  try {
    assertImmutable(Call(data));
    return [];
  } catch (error) {
    const prefix = '[core] assertImmutable(): "call" can be changed at ';
    expect(error).toMatchObject({ code: 'MUTABLE_MESSAGE' });
    expect((error as Error).message.startsWith(prefix)).toBe(true);
    return (error as Error).message
      .slice(prefix.length, -1)
      .split(', data')
      .map((path, n) => (n > 0 ? `data${path}` : path));
  }
}

it.each([undefined, null, 1, 'text', { a: { b: [1, { c: 2 }] } }, new Map([['a', { b: 1 }]]), new Set([{ a: 1 }])])(
  'M3: lets %p pass, which messages freeze',
  (data) => {
    expect(mutablePaths(data)).toEqual([]);
  },
);

it('M3: names every mutable path, and why it is', () => {
  class Account {
    balance = 0;
  }
  const data = {
    created: new Date(0),
    account: new Account(),
    packet: new Uint8Array(2),
    list: Object.freeze([0, 1, 2, { open: true }]),
    tags: Object.freeze(new Map([['a', 1]])),
    names: Object.freeze(new Set(['a'])),
    print: () => undefined,
    'two words': [new Date(0)],
    [Symbol('inner')]: new Date(0),
  };

  expect(mutablePaths(data)).toEqual([
    'data.created (Date)',
    'data.account (Account, not frozen)',
    'data.packet (Uint8Array)',
    'data.tags (Map with set)',
    'data.names (Set with add)',
    'data.print (function, not frozen)',
    'data[Symbol(inner)] (Date)',
    'data.list[3] (not frozen)',
    'data["two words"][0] (Date)',
  ]);
});

it('looks into Maps and Sets, keys included', () => {
  const key = Object.freeze({ at: new Date(0) });
  const data = new Map<unknown, unknown>([
    ['a', { at: new Date(0) }],
    [key, new Set([new Date(0)])],
  ]);

  expect(mutablePaths(data)).toEqual([
    'data.get("a").at (Date)',
    'data.keys()[1].at (Date)',
    'data.get(keys()[1]).values()[0] (Date)',
  ]);
});

it('looks at everything once, also where data leads back to itself', () => {
  const first: Record<string, unknown> = { at: new Date(0) };
  first.second = { first, at: first.at };

  expect(mutablePaths(Object.freeze(first))).toEqual(['data.at (Date)', 'data.second (not frozen)']);
});

it('takes data of any depth', () => {
  let data: object = Object.freeze({ at: new Date(0) });
  for (let depth = 0; depth < 50_000; depth++) data = Object.freeze({ data });

  expect(mutablePaths(data)).toHaveLength(1);
});

it('names accessors without calling them', () => {
  const getter = jest.fn();
  const data = Object.freeze(Object.defineProperty({}, 'now', { get: getter, enumerable: true }));
  const message = Call(data); // freezing looks at every value
  getter.mockClear();

  expect(() => {
    assertImmutable(message);
  }).toThrow('data.now (accessor)');
  expect(getter).not.toHaveBeenCalled();
});

it('takes message types, and messages in messages, for immutable', () => {
  expect(mutablePaths({ type: Call, old: Call({ id: '1' }) })).toEqual([]);
  expect(mutablePaths({ old: Call({ at: new Date(0) }) })).toEqual(['data.old.data.at (Date)']);
  assertImmutable(SubscriptionChange({ topic: 'calls', uniqueId: 'calls#1', description: 'Subscribe' }));
});

it('refuses what is no message', () => {
  expect(() => {
    assertImmutable({ data: 1 });
  }).toThrow('[core] assertImmutable(): expected a message, got Object (object).');
  expect(() => {
    assertImmutable(undefined);
  }).toThrow(StasisError);
});
