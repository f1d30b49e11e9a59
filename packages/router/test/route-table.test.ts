import { messageType } from '@stasis-rx/core';
import { RouteTable } from '../src/route-table.js';
import { A, B } from './support/story.js';

/** A table with so many routes, and how often it looks at a map while it finds one of them. */
function lookUpsAmong(routeCount: number): { lookUps: number; iterations: number; identitiesRead: number } {
  const table = new RouteTable();
  let identitiesRead = 0;
  const types = Array.from({ length: routeCount }, (_, n) => messageType<number>(`type ${n}`));
  for (const type of types) {
    const watched = new Proxy(type, {
      get: (target, key) => {
        if (key === 'identity') identitiesRead++;
        return Reflect.get(target, key) as unknown;
      },
    });
    table.set(watched, () => type.name);
  }
  const message = types.at(-1)!(1);
  identitiesRead = 0;
  const get = jest.spyOn(Map.prototype, 'get');
  const iterators = (['values', 'keys', 'entries', 'forEach'] as const).map((name) => jest.spyOn(Map.prototype, name));
  try {
    expect(table.find(message, false)?.(message, undefined!, undefined!)).toBe(message.type.name);
    return {
      lookUps: get.mock.calls.length,
      iterations: iterators.reduce((sum, { mock }) => sum + mock.calls.length, 0),
      identitiesRead,
    };
  } finally {
    jest.restoreAllMocks();
  }
}

describe('RouteTable', () => {
  test('R1: looks once at the map to find a route, among two routes and among a thousand', () => {
    expect(lookUpsAmong(2)).toEqual({ lookUps: 1, iterations: 0, identitiesRead: 0 });
    expect(lookUpsAmong(1000)).toEqual(lookUpsAmong(2));
  });

  test('finds no handler while there is neither route nor default', () => {
    expect(new RouteTable().find(A(1), false)).toBeUndefined();
  });

  test('holds a type only while it has a handler or an observer', () => {
    const table = new RouteTable();
    table.set(A, () => {});
    const observing = table.group(A).subscribe();
    table.delete(A);
    expect(table.release(A)).toBe(false);
    expect(table.types()).toEqual([A]);
    observing.unsubscribe();
    expect(table.release(A)).toBe(true);
    expect(table.types()).toEqual([]);
    expect(table.release(B)).toBe(true);
  });
});
