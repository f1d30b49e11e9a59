import fc from 'fast-check';
import { utf8Length } from '../../src/ground/utf8-length.js';

describe('utf8Length', () => {
  it.each([
    ['', 0],
    ['calls', 5],
    ['größe', 7],
    ['通話', 6],
    ['call 📞', 9],
  ])('measures %j as %d bytes', (text, bytes) => {
    expect(utf8Length(text)).toBe(bytes);
  });

  it('agrees with what Node writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.from(text).length);
      }),
    );
  });
});
