import { messageType } from '@stasis-rx/core';
import { limitsOf } from '../../src/ground/limits.js';
import { show } from '../../src/recording/show.js';

const limits = limitsOf('test');
const shown = (value: unknown, more: Parameters<typeof limitsOf>[1] = {}) => show(value, limitsOf('test', more));

/** Fails when it is called. */
const trap = (): never => {
  throw new Error('it ran');
};

describe('show', () => {
  test.each([
    ['text', 'text'],
    [7, 7],
    [true, true],
    [null, null],
    [NaN, { is: 'number', text: 'NaN' }],
    [-Infinity, { is: 'number', text: '-Infinity' }],
    [-0, { is: 'number', text: '-0' }],
    [undefined, { is: 'undefined', text: 'undefined' }],
    [12345678901234567890n, { is: 'bigint', text: '12345678901234567890' }],
    [10n ** 1000n, { is: 'bigint', text: 'more than 77 digits' }],
    [Symbol('s'), { is: 'symbol', text: 's' }],
    [trap, { is: 'function', text: 'trap' }],
    [new Date(0), { is: 'date', text: '1970-01-01T00:00:00.000Z' }],
    [new Date(NaN), { is: 'date', text: 'Invalid Date' }],
    [new Uint8Array(3), { is: 'bytes', text: 'Uint8Array, 3 bytes' }],
    [new DataView(new ArrayBuffer(4)), { is: 'bytes', text: 'DataView, 4 bytes' }],
    [new ArrayBuffer(5), { is: 'bytes', text: 'ArrayBuffer, 5 bytes' }],
    [[1, 'a'], { is: 'array', items: [1, 'a'], size: 2 }],
    [{ a: 1 }, { is: 'object', entries: [['a', 1]], size: 1 }],
    [Object.create(null), { is: 'object', entries: [], size: 0 }],
    [new Set([1]), { is: 'set', items: [1], size: 1 }],
    [new Map([['a', 1]]), { is: 'map', entries: [['a', 1]], size: 1 }],
    [Object(1), { is: 'object', name: 'Number', entries: [], size: 0 }],
  ])('shows %p', (value, expected) => {
    expect(shown(value)).toEqual(expected);
  });

  test('names a message by its type, whoever made it', () => {
    const Moved = messageType<{ by: number }>('moved');
    const message = Moved({ by: 2 }, { timestamp: 5, eid: null });
    const entries = [
      ['type', { is: 'function', text: 'moved' }],
      ['data', { is: 'object', entries: [['by', 2]], size: 1 }],
      ['timestamp', 5],
      ['eid', null],
    ];
    expect(shown({ message })).toMatchObject({
      entries: [['message', { is: 'object', name: 'moved', entries, size: 4 }]],
    });
    const brand = { [Symbol.for('stasis-rx.message')]: true };
    expect(shown(Object.create(brand, { type: { get: trap } }))).toEqual({ is: 'object', entries: [], size: 0 });
  });

  test('names the class of an object, and gives the message of an error', () => {
    class Order {
      readonly id = 7;
    }
    expect(shown(new Order())).toEqual({ is: 'object', name: 'Order', entries: [['id', 7]], size: 1 });
    expect(shown(new TypeError('no paper'))).toMatchObject({ name: 'TypeError', entries: [['message', 'no paper']] });
  });

  test('a hole and a subclass of a collection are what they are', () => {
    class Names extends Set<string> {}
    expect(shown(new Array<number>(1))).toMatchObject({ items: [{ is: 'undefined' }], size: 1 });
    expect(shown(new Names(['ann']))).toEqual({ is: 'set', items: ['ann'], size: 1 });
  });

  test('runs no getter, toJSON, toString, valueOf or iterator of the data', () => {
    const hostile = {
      get secret() {
        return trap();
      },
      toJSON: trap,
      toString: trap,
      valueOf: trap,
      [Symbol.toPrimitive]: trap,
      [Symbol.iterator]: trap,
      get [Symbol.toStringTag]() {
        return trap();
      },
    };
    expect(shown(hostile)).toMatchObject({
      entries: [
        ['secret', { is: 'getter' }],
        ['toJSON', { is: 'function' }],
        ['toString', {}],
        ['valueOf', {}],
      ],
    });
    class Hostile extends Map<string, number> {
      override get size() {
        return trap();
      }
      override [Symbol.iterator]() {
        return trap();
      }
      override entries() {
        return trap();
      }
      static override get [Symbol.species]() {
        return trap();
      }
    }
    expect(shown(new Hostile([['a', 1]] as never))).toEqual({ is: 'map', entries: [['a', 1]], size: 1 });
  });

  test('says of a revoked Proxy, and of one that throws, that it cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const revokedFunction = Proxy.revocable(trap, {});
    revokedFunction.revoke();
    const throwing = new Proxy({}, { ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap });
    for (const value of [proxy, throwing, revokedFunction.proxy]) {
      expect(shown([value])).toMatchObject({ items: [{ is: 'getter', text: 'cannot be read' }] });
    }
  });

  test('survives a Proxy without end', () => {
    const endless: object = new Proxy(
      {},
      {
        ownKeys: () => ['a', 'b'],
        getOwnPropertyDescriptor: () => ({ value: endless, enumerable: true, configurable: true }),
      },
    );
    expect(JSON.stringify(shown({ endless })).length).toBeLessThan(10_000);
    const deep: object = new Proxy(
      {},
      {
        ownKeys: () => ['a', 'b'],
        getOwnPropertyDescriptor: () => ({ value: new Proxy(deep, {}), enumerable: true, configurable: true }),
      },
    );
    expect(JSON.stringify(shown(deep, { depth: 1000, size: 5_000 })).length).toBeLessThan(100_000);
  });

  test('shows what holds itself once, and what stands there twice twice', () => {
    const own: Record<string, unknown> = { name: 'ann' };
    own.self = own;
    const leaf = { id: 1 };
    expect(shown(own)).toMatchObject({
      entries: [
        ['name', 'ann'],
        ['self', { is: 'cycle' }],
      ],
    });
    expect(shown([leaf, leaf])).toMatchObject({ items: [{ is: 'object' }, { is: 'object' }] });
  });

  test('keys are texts, whatever they say', () => {
    const data = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"<img src=x onerror=alert(1)>":2}') as unknown;
    const result = shown(data);
    expect(result).toMatchObject({
      entries: [
        ['__proto__', { is: 'object' }],
        ['constructor', 1],
        ['<img src=x onerror=alert(1)>', 2],
      ],
    });
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('bounds depth, entries, texts, and all together', () => {
    expect(shown([[['deep']]], { depth: 2 })).toEqual({
      is: 'array',
      items: [{ is: 'array', items: [{ is: 'deeper', text: 'Array' }], size: 1 }],
      size: 1,
    });
    expect(shown([1, 2, 3], { entries: 2 })).toEqual({ is: 'array', items: [1, 2], size: 3 });
    expect(shown({ a: 1, b: 2 }, { entries: 1 })).toEqual({ is: 'object', entries: [['a', 1]], size: 2 });
    expect(
      shown(
        new Map([
          [1, 1],
          [2, 2],
        ]),
        { entries: 1 },
      ),
    ).toMatchObject({ entries: [[1, 1]], size: 2 });
    expect(shown('abcdef', { text: 3 })).toEqual({ is: 'text', text: 'abc', length: 6 });
    const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 'x'.repeat(1_000)));
    expect(JSON.stringify(shown(wide, { size: 10_000 })).length).toBeLessThan(20_000);
  });

  test('takes 50 MB of text, as a value, as a key, as a name and in a box', () => {
    const huge = 'x'.repeat(50_000_000);
    const boxed = new String(huge);
    const data = { text: huge, [huge]: 1, symbol: Symbol(huge), boxed, named: Object.assign(() => 0, {}) };
    Object.defineProperty(data.named, 'name', { value: huge });
    expect(JSON.stringify(show(data, limits)).length).toBeLessThan(20_000);
  });
});
