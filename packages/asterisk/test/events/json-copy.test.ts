import { copyJson } from '../../src/events/json-copy.js';

describe('copyJson', () => {
  test('copies every kind of value, and shares none of the objects', () => {
    const source = {
      text: 'a',
      number: -1.5,
      yes: true,
      nothing: null,
      list: [1, [2, { deep: '3' }]],
      object: { a: {} },
    };
    const copy = copyJson(source) as typeof source;
    expect(copy).toEqual(source);
    expect([copy.list === source.list, copy.object === source.object, copy.object.a === source.object.a]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('leaves out fields that are undefined, and takes __proto__ as a field', () => {
    const text = '{"__proto__":{"polluted":true},"constructor":"kept"}';
    const copy = copyJson(JSON.parse(text)) as Record<string, unknown>;
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect('polluted' in copy).toBe(false);
    expect(JSON.stringify(copy)).toBe(text);
    expect(Object.keys(copyJson({ a: undefined }) as object)).toEqual([]);
  });

  test.each([undefined, NaN, Infinity, 1n, Symbol('s'), () => 1, [undefined]])(
    'refuses what is no JSON: %p',
    (value) => {
      expect(() => copyJson(value)).toThrow(expect.objectContaining({ code: 'BROKEN_ARI_EVENT' }));
    },
  );
});
