import { Ring } from '../../src/recording/ring.js';

const contents = (ring: Ring<number>) =>
  Array.from({ length: ring.end - ring.first }, (_, n) => ring.at(ring.first + n));

describe('a ring', () => {
  test('keeps the latest within its number, in order, and tells what has gone', () => {
    const gone: number[] = [];
    const ring = new Ring<number>(3, Infinity, (item) => gone.push(item));
    for (let n = 0; n < 5; n++) ring.push(n, 1);
    expect(contents(ring)).toEqual([2, 3, 4]);
    expect([ring.first, ring.end, ring.bytes]).toEqual([2, 5, 3]);
    expect(gone).toEqual([0, 1]);
    expect([ring.at(1), ring.at(5), ring.at(-1)]).toEqual([undefined, undefined, undefined]);
  });

  test('keeps within its bytes, also when one alone is too much', () => {
    const ring = new Ring<number>(100, 10, () => undefined);
    for (let n = 0; n < 5; n++) ring.push(n, 4);
    expect(contents(ring)).toEqual([3, 4]);
    ring.push(5, 11);
    expect(contents(ring)).toEqual([]);
    expect([ring.bytes, ring.first]).toEqual([0, 6]);
    ring.push(6, 1);
    expect(contents(ring)).toEqual([6]);
  });

  test('grows, and keeps its order when it has gone round', () => {
    const ring = new Ring<number>(5_000, Infinity, () => undefined);
    for (let n = 0; n < 20_000; n++) ring.push(n, 1);
    expect(contents(ring)).toEqual(Array.from({ length: 5_000 }, (_, n) => 15_000 + n));
  });
});
