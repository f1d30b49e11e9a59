import { equalData } from '../../src/caches/equal-data.js';

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
}

const shared = { n: 1 };
const key = Symbol('key');

/** An object that leads back to itself after so many steps. */
function ring(steps: number, n = 1): object {
  const first: { n: number; next?: object } = { n };
  let last = first;
  for (let step = 1; step < steps; step++) last = last.next = { n };
  last.next = first;
  return first;
}

describe('equalData', () => {
  it.each<[string, unknown, unknown]>([
    ['the same primitive', 'a', 'a'],
    ['NaN', Number.NaN, Number.NaN],
    ['nothing', undefined, undefined],
    ['null', null, null],
    ['plain objects', { a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }],
    [
      'objects without a prototype',
      Object.assign(Object.create(null), { a: 1 }),
      Object.assign(Object.create(null), { a: 1 }),
    ],
    ['objects with a symbol for a key', { [key]: 1 }, { [key]: 1 }],
    ['arrays', [1, [2, { a: 3 }]], [1, [2, { a: 3 }]]],
    ['Maps', new Map([['a', { n: 1 }]]), new Map([['a', { n: 1 }]])],
    [
      'Maps in another order',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['Sets', new Set(['a', shared]), new Set([shared, 'a'])],
    ['one and the same instance of a class', [Point.prototype], [Point.prototype]],
    ['rings of one length', ring(3), ring(3)],
  ])('C6: says yes to %s', (_, a, b) => {
    expect(equalData(a, b)).toBe(true);
    expect(equalData(b, a)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['another primitive', 'a', 'b'],
    ['a number and its text', 0, '0'],
    ['zero and minus zero', 0, -0],
    ['null and nothing', null, undefined],
    ['null and an object', null, {}],
    ['an object and an array', {}, []],
    ['an object and a Map', {}, new Map()],
    ['a Map and a Set', new Map([['a', 'a']]), new Set(['a'])],
    ['a value that differs', { a: { b: 1 } }, { a: { b: 2 } }],
    ['a key that differs', { a: 1 }, { b: 1 }],
    ['one key more', { a: 1 }, { a: 1, b: undefined }],
    ['an inherited key', { toString: undefined }, {}],
    ['symbols that differ', { [key]: 1 }, { [key]: 2 }],
    ['another order of an array', [1, 2], [2, 1]],
    ['one element more', [1], [1, undefined]],
    ['a Map with another value', new Map([['a', 1]]), new Map([['a', 2]])],
    ['a Map with another key', new Map([[{}, 1]]), new Map([[{}, 1]])],
    ['a Set with another element', new Set([1]), new Set([2])],
    ['a Set with another object', new Set([{}]), new Set([{}])],
    ['two instances of a class', new Point(1, 2), new Point(1, 2)],
    ['two Dates', new Date(0), new Date(0)],
    ['two functions', () => 1, () => 1],
    ['rings that differ', ring(3), ring(3, 2)],
  ])('C6: says no to %s', (_, a, b) => {
    expect(equalData(a, b)).toBe(false);
    expect(equalData(b, a)).toBe(false);
  });
});
