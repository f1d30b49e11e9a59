import { InvalidArgumentError } from '@stasis-rx/core';
import { formatTags, mergeTags, readTags, type StatsDTags } from '../../src/metrics/tags.js';

const call = '[statsd] increment()';

/** As they stand on a line. */
const written = (tags: StatsDTags) => formatTags(readTags(call, tags));

describe('tags', () => {
  it('D1: writes an object as key:value,key:value, in its own order', () => {
    expect(written({ site: 'north', node: 3, spare: false })).toBe('site:north,node:3,spare:false');
  });

  it('writes a list as it is, with keys that have no value', () => {
    expect(written(['site:north', 'urgent'])).toBe('site:north,urgent');
  });

  it('gives nothing for no tags', () => {
    expect(written({})).toBe('');
    expect(written([])).toBe('');
  });

  it('keeps keys and values from adding a tag, a metric or a line', () => {
    expect(written({ 'a:b,c|d\n': 'e:f,g|h\n' })).toBe('a_b_c_d_:e:f_g_h_');
    expect(written(['a,b:c,d:e|f\n'])).toBe('a_b:c_d:e_f_');
  });

  it('D1: keeps the colons of values: addresses and times stay apart from what only looks like them', () => {
    expect(written({ url: 'http://[::1]:8080/a', at: '10:30' })).toBe('url:http://[::1]:8080/a,at:10:30');
    expect(written(['url:http://[::1]:8080/a', 'at:10:30'])).toBe('url:http://[::1]:8080/a,at:10:30');
  });

  it("D1: a metric's replace those of its client with the same key, and stand behind the others", () => {
    const merged = (client: StatsDTags, metric: StatsDTags) =>
      formatTags(mergeTags(readTags(call, client), readTags(call, metric)));
    expect(merged({ site: 'north', env: 'test' }, { site: 'south', a: 1 })).toBe('env:test,site:south,a:1');
    expect(merged(['site:a', 'site:b', 'urgent'], ['urgent', 'site'])).toBe('urgent,site');
    expect(merged({ a: 1 }, {})).toBe('a:1');
    expect(merged({}, { a: 1 })).toBe('a:1');
    // A list may have a key more than once.
    expect(merged({ a: 1 }, ['b:1', 'b:2'])).toBe('a:1,b:1,b:2');
  });

  it('writes numbers without an exponent', () => {
    expect(written({ tiny: 1e-7 })).toBe('tiny:0.0000001');
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
    expect(() => readTags(call, tags as StatsDTags)).toThrow(InvalidArgumentError);
    expect(() => readTags(call, tags as StatsDTags)).toThrow(`${call}: ${message}`);
  });
});
