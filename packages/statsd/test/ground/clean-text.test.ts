import { cleanTagKey, cleanTagValue, cleanText } from '../../src/ground/clean-text.js';

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

describe('cleanTagKey', () => {
  it('replaces commas too', () => {
    expect(cleanTagKey('a,b:c|d\ne f')).toBe('a_b_c_d_e f');
  });
});

describe('cleanTagValue', () => {
  it('replaces commas, and leaves colons alone', () => {
    expect(cleanTagValue('a,b:c|d\ne f:')).toBe('a_b:c_d_e f:');
  });
});
