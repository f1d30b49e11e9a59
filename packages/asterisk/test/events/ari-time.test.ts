import fc from 'fast-check';
import { parseAriTime } from '../../src/index.js';

describe('parseAriTime', () => {
  test.each([
    ['2026-11-22T18:38:46.153+0000', Date.UTC(2026, 10, 22, 18, 38, 46, 153)],
    ['2026-11-22T18:38:46.153+0530', Date.UTC(2026, 10, 22, 13, 8, 46, 153)],
    ['2026-11-22T18:38:46.153-08:00', Date.UTC(2026, 10, 23, 2, 38, 46, 153)],
    ['2026-11-22T18:38:46Z', Date.UTC(2026, 10, 22, 18, 38, 46)],
    ['2026-11-22T18:38:46.153999+0000', Date.UTC(2026, 10, 22, 18, 38, 46, 153)],
  ])('reads %s', (text, expected) => {
    expect(parseAriTime(text)).toBe(expected);
  });

  test.each([
    '',
    'yesterday',
    '2026-11-22',
    '2026-11-22T18:38:46',
    '2026-13-22T18:38:46Z',
    ' 2026-11-22T18:38:46Z',
    '1795372726153',
  ])('gives NaN for %j', (text) => {
    expect(parseAriTime(text)).toBeNaN();
  });

  test('reads back every time that ARI can write', () => {
    const range = { min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        expect(parseAriTime(date.toISOString().replace('Z', '+0000'))).toBe(date.getTime());
      }),
    );
  });
});
