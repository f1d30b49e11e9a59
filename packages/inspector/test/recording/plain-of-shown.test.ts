import { limitsOf } from '../../src/ground/limits.js';
import { plainOfShown } from '../../src/recording/plain-of-shown.js';
import { show } from '../../src/recording/show.js';

const plain = (value: unknown, limits = {}) => plainOfShown(show(value, limitsOf('test', limits)));

describe('plainOfShown', () => {
  test('gives what JSON has as it was, and tells of nothing', () => {
    const data = { id: 1, text: 'x', list: [true, null, { a: [] }] };
    expect(plain(data)).toEqual({ data });
    expect(plain(undefined)).toEqual({});
  });

  test('tells where JSON could not carry what there was', () => {
    class Money {
      readonly cents = 5;
    }
    const data = {
      when: new Date(0),
      big: 1n,
      gone: undefined,
      nan: NaN,
      map: new Map([[1, 2]]),
      set: new Set([1]),
      money: new Money(),
    };
    expect(plain(data)).toEqual({
      data: { when: '1970-01-01T00:00:00.000Z', big: '1', nan: null, map: [[1, 2]], set: [1], money: { cents: 5 } },
      altered: [
        'when: date 1970-01-01T00:00:00.000Z',
        'big: bigint 1',
        'gone: undefined undefined',
        'nan: number NaN',
        'map: map',
        'set: set',
        'money: Money',
      ],
    });
  });

  test('tells what was cut off', () => {
    expect(plain({ list: [1, 2, 3], text: 'abcdefgh' }, { entries: 2, text: 5 })).toEqual({
      data: { list: [1, 2], text: 'abcde' },
      altered: ['list: 3 entries', 'text: text of 8 characters'],
    });
  });

  test('leaves out the key that reaches a prototype', () => {
    const { data, altered } = plain(JSON.parse('{"__proto__":{"admin":true},"a":1}'));
    expect(data).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(altered).toEqual(['__proto__']);
  });

  test('tells of ten alterations at most', () => {
    expect(plain(Array.from({ length: 50 }, () => NaN)).altered).toHaveLength(10);
  });
});
