import fc from 'fast-check';
import { bytesOf, fitsInto } from '../../src/ground/text.js';

const encoded = (text: string): number => new TextEncoder().encode(text).length;

describe('the size of text', () => {
  it('B6: is that of its UTF-8, also where a character lies across the piece that is measured at a time', () => {
    const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('a', 'ü', '→', '😀', '\ud800'), fc.string()) });
    fc.assert(
      fc.property(anyText, fc.nat(4), (text, shift) => {
        const long = 'x'.repeat(shift) + text.repeat(Math.ceil(50_000 / (text.length + 1)));
        expect(bytesOf(text)).toBe(encoded(text));
        expect(bytesOf(long)).toBe(encoded(long));
      }),
    );
  });

  it('B6: fits up to its last byte', () => {
    expect(['', 'aü', 'aüb'].map((text) => fitsInto(text, 3))).toEqual([true, true, false]);
  });
});
