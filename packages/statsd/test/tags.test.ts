import { InvalidArgumentError } from '@stasis-rx/core';
import { formatTags, type StatsDTags } from '../src/tags.js';

const call = '[statsd] increment()';

describe('formatTags', () => {
  it('D1: writes an object as key:value,key:value, in its own order', () => {
    expect(formatTags(call, { site: 'north', node: 3, spare: false })).toBe('site:north,node:3,spare:false');
  });

  it('writes a list as it is, with keys that have no value', () => {
    expect(formatTags(call, ['site:north', 'urgent'])).toBe('site:north,urgent');
  });

  it('gives nothing for no tags', () => {
    expect(formatTags(call, {})).toBe('');
    expect(formatTags(call, [])).toBe('');
  });

  it('keeps keys and values from adding a tag, a metric or a line', () => {
    expect(formatTags(call, { 'a:b,c|d\n': 'e:f,g|h\n' })).toBe('a_b_c_d_:e_f_g_h_');
    expect(formatTags(call, ['a,b:c,d:e|f\n'])).toBe('a_b:c_d_e_f_');
  });

  it('writes numbers without an exponent', () => {
    expect(formatTags(call, { tiny: 1e-7 })).toBe('tiny:0.0000001');
  });

  it.each([
    ['a string', 'site:north', 'expected tags to be an object or a list of strings, got "site:north" (string).'],
    ['null', null, 'expected tags to be an object or a list of strings, got null.'],
    ['a list of numbers', [1], 'expected every listed tag to be a string, got 1 (number).'],
    ['an empty listed tag', [''], 'expected the key of a tag not to be empty, got "" (string).'],
    ['an empty key', { '': 'x' }, 'expected the key of a tag not to be empty, got "" (string).'],
    ['NaN', { a: NaN }, 'expected the tag "a" to be a string, a finite number or a boolean, got NaN (number).'],
    [
      'undefined',
      { a: undefined },
      'expected the tag "a" to be a string, a finite number or a boolean, got undefined.',
    ],
  ])('refuses %s', (_what, tags, message) => {
    expect(() => formatTags(call, tags as StatsDTags)).toThrow(InvalidArgumentError);
    expect(() => formatTags(call, tags as StatsDTags)).toThrow(`${call}: ${message}`);
  });
});
