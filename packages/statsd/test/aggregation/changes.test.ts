import { combine, readChange, writeChange } from '../../src/aggregation/changes.js';

const set = (value: number) => ({ value, isAbsolute: true });
const add = (value: number) => ({ value, isAbsolute: false });

describe('readChange', () => {
  it.each([
    ['c', '5', add(5)],
    ['c', '-5', add(-5)],
    ['m', '0.25', add(0.25)],
    ['g', '5', set(5)],
    ['g', '+5', add(5)],
    ['g', '-5', add(-5)],
    ['g', '+0', add(0)],
  ])('D4: reads %s of %s as a server does', (type, text, change) => {
    expect(readChange(type, text, false)).toEqual(change);
  });

  it('D4: reads a negative gauge that is set to 0 first as set', () => {
    expect(readChange('g', '-5', true)).toEqual(set(-5));
  });

  it.each([
    ['c', '+5'],
    ['c', '5.0'],
    ['c', '05'],
    ['c', '1e3'],
    ['c', 'five'],
    ['c', '0x10'],
    ['c', '12345678901234567890'],
    ['g', '+-5'],
    ['g', '--5'],
    ['g', '+'],
    ['g', '-0'],
    ['g', '5 '],
  ])('reads nothing into %s of %j', (type, text) => {
    expect(readChange(type, text, false)).toBeUndefined();
  });
});

describe('combine', () => {
  it.each([
    [add(2), add(3), add(5)],
    [add(2), add(-3), add(-1)],
    [set(2), add(3), set(5)],
    [set(2), add(-3), set(-1)],
    [add(2), set(3), set(3)],
    [set(2), set(-3), set(-3)],
    [add(1), set(1e300), set(1e300)],
    [add(Number.MAX_SAFE_INTEGER - 1), add(1), add(Number.MAX_SAFE_INTEGER)],
  ])('D4: makes one of two changes: %j, %j', (first, second, both) => {
    expect(combine(first, second)).toEqual(both);
  });

  it.each([
    [add(Number.MAX_SAFE_INTEGER), add(1)],
    [set(-Number.MAX_SAFE_INTEGER), add(-1)],
    [add(1e308), add(1e308)],
  ])('D4: makes none whose sum would not be exact: %j, %j', (first, second) => {
    expect(combine(first, second)).toBeUndefined();
  });
});

describe('writeChange', () => {
  it.each([
    ['c', add(5), '5', false],
    ['c', add(-5), '-5', false],
    ['m', add(5), '5', false],
    ['g', set(5), '5', false],
    ['g', set(0), '0', false],
    ['g', set(-5), '-5', true],
    ['g', add(5), '+5', false],
    ['g', add(0), '+0', false],
    ['g', add(-0), '+0', false],
    ['g', add(-5), '-5', false],
  ])('D4: writes %s, %j', (type, change, text, isReset) => {
    expect(writeChange(type, change)).toEqual({ text, isReset });
  });
});
