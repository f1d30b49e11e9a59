import { cleanTagText, cleanText } from '../src/clean-text.js';

describe('cleanText', () => {
  it.each([':', '|', '\n', '\r', '\t', '\0', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ud800', '\udfff'])(
    'replaces %j',
    (character) => {
      expect(cleanText(`a${character}${character}b`)).toBe('a__b');
    },
  );

  it.each(['', 'stasis.message', 'a b', 'a,b', 'a#b@c', 'größe', '通話', '📞'])('leaves %j alone', (text) => {
    expect(cleanText(text)).toBe(text);
  });
});

describe('cleanTagText', () => {
  it('replaces commas too', () => {
    expect(cleanTagText('a,b:c|d\ne f')).toBe('a_b_c_d_e f');
  });
});
