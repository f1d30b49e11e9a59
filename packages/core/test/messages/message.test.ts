import { enableMapSet, produce } from 'immer';
import { inspect } from 'node:util';
import { isMessage, LOCAL_EID, messageType, revise, type StasisError } from '../../src/index.js';

interface Call {
  id: string;
  agent: string;
  tags: string[];
}

const CallAnswered = messageType<Call>('call_answered');
const Tick = messageType('tick');

const answered = () => CallAnswered({ id: '1', agent: 'ann', tags: ['vip'] }, { timestamp: 1000, eid: 'node-b' });

class Account {
  owner = 'ann';
}

describe('a message', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('M1: has a type, data, the time of its creation and an entity id', () => {
    jest.useFakeTimers({ now: 1700000000000 });
    const message = CallAnswered({ id: '1', agent: 'ann', tags: [] });

    expect(message.type).toBe(CallAnswered);
    expect(message.data).toEqual({ id: '1', agent: 'ann', tags: [] });
    expect(message.timestamp).toBe(1700000000000);
    expect(message.eid).toBe(LOCAL_EID);
  });

  it('M1: takes the time and the entity id that it is given', () => {
    const message = CallAnswered({ id: '1', agent: 'ann', tags: [] }, { eid: 'node-b', timestamp: 0 });

    expect(message).toMatchObject({ eid: 'node-b', timestamp: 0 });
  });

  it('M1: of a type without data has none', () => {
    expect(Tick().data).toBeUndefined();
    expect(Tick(undefined, { eid: null }).data).toBeUndefined();
  });

  it('M7: speaks of the local entity unless told otherwise, of an aggregate with null', () => {
    expect(Tick().eid).toBe('local');
    expect(Tick(undefined, { eid: undefined }).eid).toBe('local');
    expect(Tick(undefined, { eid: '' }).eid).toBe('');
    expect(Tick(undefined, { eid: null }).eid).toBeNull();
  });

  it.each([
    [
      { eid: 7 },
      '[core] tick(): expected eid to be a string, or null for an aggregate, got 7 (number). Leave it out for the local entity.',
    ],
    [
      { timestamp: Number.NaN },
      '[core] tick(): expected timestamp to be milliseconds since the Unix epoch, got NaN (number). Leave it out for now.',
    ],
    [
      { timestamp: '12:00' },
      '[core] tick(): expected timestamp to be milliseconds since the Unix epoch, got "12:00" (string). Leave it out for now.',
    ],
  ])('refuses the options %p', (options, text) => {
    expect(() => Tick(undefined, options as never)).toThrow(text);
  });
});

describe('immutability', () => {
  it('M3: neither a message nor anything in its data can be written to', () => {
    const message = answered() as unknown as { data: Call; timestamp: number };

    expect(() => {
      message.timestamp = 0;
    }).toThrow(TypeError);
    expect(() => {
      message.data.agent = 'bob';
    }).toThrow(TypeError);
    expect(() => message.data.tags.push('later')).toThrow(TypeError);
    expect(message).toMatchObject({ timestamp: 1000, data: { agent: 'ann', tags: ['vip'] } });
  });

  it('M3: nothing can be added to a message', () => {
    expect(() => Object.assign(answered(), { extra: true })).toThrow(TypeError);
  });

  it("M3, M4: the publisher's own object is frozen in place, not copied", () => {
    const data = { id: '1', agent: 'ann', tags: [] };

    expect(CallAnswered(data).data).toBe(data);
    expect(Object.isFrozen(data.tags)).toBe(true);
  });

  it('M3: Maps and Sets in data refuse every change', () => {
    const Ringing = messageType<{ at: Map<string, number>; who: Set<string> }>('ringing');
    const { at, who } = Ringing({ at: new Map([['desk', 1]]), who: new Set(['ann']) }).data as {
      at: Map<string, number>;
      who: Set<string>;
    };

    expect(() => at.set('desk', 2)).toThrow();
    expect(() => {
      at.clear();
    }).toThrow();
    expect(() => who.add('bob')).toThrow();
    expect([...at, ...who]).toEqual([['desk', 1], 'ann']);
  });

  it('cannot freeze a Date, a typed array or an instance of a class', () => {
    const Mixed = messageType<{ at: Date; bytes: Uint8Array; account: Account }>('mixed');
    const data = { at: new Date(0), bytes: new Uint8Array(1), account: new Account() };
    Mixed(data);

    data.at.setTime(1);
    data.bytes[0] = 1;
    data.account.owner = 'bob';

    expect(data).toEqual({ at: new Date(1), bytes: Uint8Array.of(1), account: { owner: 'bob' } });
  });

  it('does not look into what is frozen already', () => {
    const tags = ['vip'];
    CallAnswered(Object.freeze({ id: '1', agent: 'ann', tags }));

    expect(Object.isFrozen(tags)).toBe(false);
  });
});

describe('isMessage', () => {
  it('knows messages of whatever type', () => {
    expect(isMessage(answered())).toBe(true);
    expect(isMessage(Tick())).toBe(true);
  });

  it.each([undefined, null, 5, 'call_answered', {}, () => undefined, CallAnswered])('knows %p for none', (value) => {
    expect(isMessage(value)).toBe(false);
  });

  it('takes a copy of a message for what it is: no message', () => {
    expect(isMessage({ ...answered() })).toBe(false);
    expect(isMessage(structuredClone({ ...answered(), type: null }))).toBe(false);
  });
});

describe('revise', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('M3: makes a new message of the same type and entity, made now; the old one stands', () => {
    jest.useFakeTimers({ now: 5000 });
    const before = answered();
    const after = revise(before, (draft) => {
      draft.agent = 'bob';
    });

    expect(after).toMatchObject({
      type: CallAnswered,
      eid: 'node-b',
      timestamp: 5000,
      data: { id: '1', agent: 'bob' },
    });
    expect(before).toMatchObject({ timestamp: 1000, data: { agent: 'ann' } });
    expect(isMessage(after)).toBe(true);
  });

  it('keeps the eid of an aggregate', () => {
    expect(revise(Tick(undefined, { eid: null }), () => undefined).eid).toBeNull();
  });

  it('M3: freezes what the recipe puts in, however deep', () => {
    const Box = messageType<{ inner?: { list: { n: number }[] } }>('box');
    const { data } = revise(Box({}), (draft) => {
      draft.inner = { list: [{ n: 1 }] };
    });

    expect(Object.isFrozen(data.inner?.list[0])).toBe(true);
  });

  it('M4: shares what the recipe left alone', () => {
    const before = answered();
    const after = revise(before, (draft) => {
      draft.agent = 'bob';
    });

    expect(after.data.tags).toBe(before.data.tags);
  });

  it('takes new data from a recipe that returns it, frozen', () => {
    const after = revise(answered(), () => ({ id: '2', agent: 'eve', tags: [] }));

    expect(after.data).toEqual({ id: '2', agent: 'eve', tags: [] });
    expect(Object.isFrozen(after.data.tags)).toBe(true);
  });

  it('works on data that is a number, and on none at all', () => {
    const Level = messageType<number>('level');

    expect(revise(Level(1), (level) => level + 1).data).toBe(2);
    expect(isMessage(revise(Tick(), () => undefined))).toBe(true);
  });

  it('works on Maps and Sets, once immer has been told to', () => {
    enableMapSet();
    const Ringing = messageType<{ at: Map<string, number>; who: Set<string> }>('ringing');
    const { data } = revise(Ringing({ at: new Map([['desk', 1]]), who: new Set(['ann']) }), (draft) => {
      draft.at.set('desk', 2);
      draft.who.add('bob');
    });

    expect([...data.at, ...data.who]).toEqual([['desk', 2], 'ann', 'bob']);
  });

  it('does not run the schema again', () => {
    const validate = jest.fn((value: unknown) => ({ value: value as number }));
    const Level = messageType('level', { schema: { '~standard': { version: 1, vendor: 'test', validate } } });
    const level = Level(1);

    revise(level, () => 2);

    expect(validate).toHaveBeenCalledTimes(1);
  });

  it('refuses data that immer cannot draft', () => {
    const Opened = messageType<Account>('opened');

    expect(() => revise(Opened(new Account()), () => undefined)).toThrow(
      '[core] revise(): expected data that immer can draft, got Account (object).',
    );
  });

  it.each([undefined, 'answered', { data: 1 }])('refuses %p in place of a message', (value) => {
    expect(() => revise(value as never, () => undefined)).toThrow('[core] revise(): expected a message, got ');
  });

  it('refuses a recipe that is no function', () => {
    expect(() => revise(answered(), { agent: 'bob' } as never)).toThrow(
      '[core] revise(): expected recipe to be a function, got Object (object).',
    );
  });

  it('lets through what the recipe throws', () => {
    expect(() =>
      revise(answered(), () => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
  });

  it.each<[string, unknown, (draft: unknown) => void]>([
    ['Map', new Map([['a', 1]]), (draft: unknown): void => void (draft as Map<string, number>).set('b', 2)],
    [
      'Map inside',
      { map: new Map() },
      (draft: unknown): void => void (draft as { map: Map<string, number> }).map.set('b', 2),
    ],
  ])('M3: says what immer needs, in the form of all errors: for a %s', async (_, data, recipe) => {
    await jest.isolateModulesAsync(async () => {
      const core = await import('../../src/index.js'); // with an immer that nobody has told of Maps
      const message = core.messageType<unknown>('map')(data);
      expect(() => core.revise(message, recipe as never)).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      );
    });
  });
});

describe('data of any depth', () => {
  const nested = (depth: number, leaf: object): object => {
    let data = leaf;
    for (let n = 0; n < depth; n++) data = n % 2 === 0 ? { data } : [data];
    return data;
  };

  it.each([10, 2_000, 100_000])('M3: is frozen, %d deep, each time', (depth) => {
    const Any = messageType<object>('any');
    for (let n = 0; n < 2; n++) {
      const leaf = { value: 1 };
      Any(nested(depth, leaf));
      expect(Object.isFrozen(leaf)).toBe(true);
    }
  });

  it('M3: is frozen with the keys of Maps, and where it leads back to itself', () => {
    const [key, ring] = [{ id: 1 }, { self: undefined as unknown }];
    ring.self = [ring];
    messageType<unknown>('any')({ map: new Map([[key, { value: 1 }]]), ring });

    expect([key, ring, ring.self as object].map((one) => Object.isFrozen(one))).toEqual([true, true, true]);
  });

  const Any = messageType<unknown>('any');
  it.each([
    ['a draft', (draft: object) => draft],
    ['a draft in an object', (draft: object) => ({ item: draft })],
    ['a draft far down', (draft: object) => ({ list: [{ set: new Set([draft]) }] })],
  ])('M3: is refused with %s in it, and nothing of it is frozen', (_, dataOf) => {
    const outcome: unknown[] = [];
    produce({ inner: { value: 1 } }, (draft) => {
      const data: { list?: object } = dataOf(draft.inner);
      try {
        Any(data);
      } catch (error) {
        outcome.push((error as StasisError).code);
      }
      if (data.list !== undefined) outcome.push(Object.isFrozen(data), Object.isFrozen(data.list));
    });

    expect(outcome).toEqual(_ === 'a draft far down' ? ['INVALID_ARGUMENT', false, false] : ['INVALID_ARGUMENT']);
  });

  it('M3: is refused when it cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const unreadable = {
      inner: {},
      get value(): never {
        throw new Error('no reading today');
      },
    };

    for (const data of [proxy, { proxy }, unreadable]) {
      expect(() => Any(data)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    }
    expect(Object.isFrozen(unreadable.inner)).toBe(false);
  });
});

describe('options that cannot work', () => {
  it.each([
    [5, 'expected options to be an object, got 5 (number)'],
    [null, 'expected options to be an object, got null'],
    [{ timestamp: null }, 'expected timestamp to be milliseconds since the Unix epoch, got null'],
  ])('M1: are refused: %p', (options, text) => {
    expect(() => CallAnswered(undefined as never, options as never)).toThrow(text);
  });
});

describe('a message in logs and snapshots', () => {
  const Answered = messageType<{ id: string }>('call_answered');
  const Counted = messageType<number>('counted', { formatters: { json: ({ data }) => ({ count: data }) } });

  it("M5: shows its type's name as JSON, with what its json formatter returns", () => {
    const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

    expect(json(Answered({ id: '1' }, { timestamp: 0 }))).toEqual({
      type: 'call_answered',
      timestamp: 0,
      eid: 'local',
      data: { id: '1' },
    });
    expect(json([Counted(1, { timestamp: 0 }), Answered])).toEqual([
      { type: 'counted', timestamp: 0, eid: 'local', data: { count: 1 } },
      'call_answered',
    ]);
  });

  it("M5: shows its type's name in a snapshot, and to console.log", () => {
    const message = Answered({ id: '1' }, { timestamp: 0 });

    expect(message).toMatchInlineSnapshot(`
      {
        "data": {
          "id": "1",
        },
        "eid": "local",
        "timestamp": 0,
        "type": "call_answered",
      }
    `);
    expect(inspect(message)).toContain('[Function: call_answered]');
    expect(inspect(Answered)).toContain('call_answered');
  });
});
