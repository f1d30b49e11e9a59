import fc from 'fast-check';
import { CacheHistory } from '../../src/model/caches/cache-history.js';
import { CacheTable } from '../../src/model/caches/cache-table.js';
import { differencesOf } from '../../src/model/values/differences.js';
import type { WroteRecord } from '../../src/protocol/records.js';
import { object } from '../support/told.js';

function wrote(id: number, snapshot: string, data: number | undefined): WroteRecord {
  const record = {
    is: 'wrote',
    id,
    at: id * 10,
    topic: 'channels',
    updates: 'cached',
    type: 'channel',
    snapshot,
  } as const;
  return data === undefined ? { ...record, isRemoved: true } : { ...record, data };
}

const textOf = (entries: readonly { snapshot: string; data: unknown }[]) =>
  entries.map(({ snapshot, data }) => `${snapshot}=${String(data)}`).sort();

test('a cache folded to any moment is what a plain map was then, also when the first writes are gone', () => {
  const write = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(9), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
      const cache = new CacheHistory('cached', 15);
      const plain = new Map<string, number>();
      const moments = [[] as string[]];
      for (const [index, [snapshot, data]] of writes.entries()) {
        cache.write(wrote(index + 1, snapshot, data));
        if (data === undefined) plain.delete(snapshot);
        else plain.set(snapshot, data);
        moments.push([...plain].map(([key, value]) => `${key}=${value}`).sort());
      }
      const gone = writes.length - cache.length;
      for (let kept = 0; kept <= cache.length; kept++) {
        expect(textOf(cache.entriesAfter(kept))).toEqual(moments[gone + kept]);
        expect(cache.writesUntil((gone + kept) * 10)).toBe(kept);
      }
      expect(textOf(cache.entries())).toEqual(moments.at(-1));
    }),
  );
});

test('each write says who wrote, and what stood there before', () => {
  const cache = new CacheHistory('cached', 15);
  cache.write(wrote(1, 'a', 1));
  cache.write(wrote(2, 'a', 2));
  cache.write(wrote(3, 'a', undefined));
  expect([0, 1, 2].map((index) => cache.at(index))).toMatchObject([
    { by: 1, before: undefined, after: 1 },
    { by: 2, before: 1, after: 2 },
    { by: 3, before: 2, after: undefined },
  ]);
});

test('what the bus says that stands in it was there before the first write, unless it was written since', () => {
  const cache = new CacheHistory('cached', 15);
  cache.write(wrote(1, 'a', 1));
  const entries = [
    { type: 'channel', snapshot: 'a', data: 1 },
    { type: 'channel', snapshot: 'old', data: 9 },
  ];
  cache.tell({ is: 'cache', at: 20, updates: 'cached', entries, size: 2 });
  expect(textOf(cache.entries())).toEqual(['a=1', 'old=9']);
  expect(textOf(cache.entriesAfter(0))).toEqual(['old=9']);
  cache.tell({ is: 'cache', at: 30, updates: 'cached', entries: entries.slice(1), size: 1 });
  expect(textOf(cache.entries())).toEqual(['old=9']);
});

test('differences name the places', () => {
  const before = object({ state: 'Ring', caller: object({ name: 'Ann', number: '1' }), gone: 1 });
  const after = object({ state: 'Up', caller: object({ name: 'Ann', number: '2' }), fresh: true });
  expect(differencesOf(before, after)).toEqual([
    { path: ['state'], before: 'Ring', after: 'Up' },
    { path: ['caller', 'number'], before: '1', after: '2' },
    { path: ['gone'], before: 1 },
    { path: ['fresh'], after: true },
  ]);
  expect(differencesOf(before, before)).toEqual([]);
  expect(differencesOf(undefined, after)).toEqual([{ path: [], after }]);
  expect(differencesOf(object({ a: 1 }), 'a')).toHaveLength(1);
});

test('lists caches and the states of managers, also of a recording that does not say what there is', () => {
  const caches = new CacheTable(15);
  caches.describe({});
  expect(caches.all()).toEqual([]);
  caches.describe({
    caches: [{ topic: 'channels', updates: 'cached', entries: 3 }],
    states: [{ topic: 'devices', states: 2 }],
  });
  caches.write({ ...wrote(1, 'a', 1), topic: 'devices', updates: 'devices' });
  expect(caches.all().map(({ updates, described, areStates, size }) => [updates, described, areStates, size])).toEqual([
    ['cached', 3, false, 0],
    ['devices', 2, true, 1],
  ]);
});
