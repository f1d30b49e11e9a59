import fc from 'fast-check';
import { plainNumber } from '../../src/ground/plain-number.js';

describe('plainNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-5, '-5'],
    [0.1, '0.1'],
    [-2.5, '-2.5'],
    [2 ** 31, '2147483648'],
    [2 ** 53, '9007199254740992'],
    [1e21, '1000000000000000000000'],
    [-1.5e22, '-15000000000000000000000'],
    [1e-7, '0.0000001'],
    [-1.25e-9, '-0.00000000125'],
  ])('writes %p as %p', (value, text) => {
    expect(plainNumber(value)).toBe(text);
  });

  it('writes the smallest and the largest number without an exponent', () => {
    expect(plainNumber(Number.MIN_VALUE)).toMatch(/^0\.0{323}5$/);
    expect(plainNumber(Number.MAX_VALUE)).toMatch(/^17976931348623157\d{292}$/);
  });

  it('writes every finite number in plain digits that read back as that number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity, '1', null, undefined, 1n, Symbol('1'), {}, true])(
    'gives nothing for %p',
    (value) => {
      expect(plainNumber(value)).toBe('');
    },
  );
});
