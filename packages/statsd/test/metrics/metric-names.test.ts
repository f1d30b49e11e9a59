import { linePart, MetricNames } from '../../src/metrics/metric-names.js';

describe('MetricNames', () => {
  it('D2: puts the prefix before every name, with a dot between', () => {
    expect(new MetricNames('pbx').head('calls')).toEqual({ text: 'pbx.calls:', bytes: 10 });
  });

  it('puts nothing before names without a prefix', () => {
    expect(new MetricNames('').head('calls')?.text).toBe('calls:');
  });

  it('does not double the dot at the end of a prefix', () => {
    expect(new MetricNames('pbx.').head('calls')?.text).toBe('pbx.calls:');
  });

  it('puts the suffix behind every name', () => {
    expect(new MetricNames('pbx', '_meter').head('calls')?.text).toBe('pbx.calls_meter:');
  });

  it('cleans prefix and name', () => {
    expect(new MetricNames('p:x').head('a|b\nc')?.text).toBe('p_x.a_b_c:');
  });

  it('measures in bytes', () => {
    expect(new MetricNames('').head('größe')).toEqual({ text: 'größe:', bytes: 8 });
  });

  it.each(['', null, undefined, 5, Symbol('a'), {}])('gives nothing for %p', (name) => {
    expect(new MetricNames('').head(name as string)).toBeUndefined();
  });

  it('remembers names', () => {
    const names = new MetricNames('');
    expect(names.head('calls')).toBe(names.head('calls'));
  });

  it('remembers neither long names nor more than 4,096', () => {
    const names = new MetricNames('');
    const long = 'x'.repeat(257);
    expect(names.head(long)).not.toBe(names.head(long));

    const first = names.head('name0');
    for (let count = 1; count < 4096; count++) names.head(`name${count}`);
    expect(names.head('name0')).toBe(first);
    names.head('one too many');
    expect(names.head('name0')).not.toBe(first);
    expect(names.head('name0')).toEqual(first);
  });
});

describe('linePart', () => {
  it('measures in bytes', () => {
    expect(linePart('|c|#größe:1\n')).toEqual({ text: '|c|#größe:1\n', bytes: 14 });
  });
});
