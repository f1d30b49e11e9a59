import { MetricKinds } from '../src/metric-kinds.js';
import { readTags, type StatsDTags } from '../src/tags.js';

const tags = (given: StatsDTags) => readTags('', given);

describe('MetricKinds', () => {
  it.each(['c', 'g', 'ms', 'h', 'm', 's'])('D1: knows the type %s', (type) => {
    const kinds = new MetricKinds('', [], true);
    expect(kinds.of(type)).toMatchObject({ type, end: { text: `|${type}\n` } });
    expect(kinds.of(type)).toBe(kinds.of(type));
  });

  it('D2: takes a meter for a counter of another name when there is no meter support', () => {
    const meter = new MetricKinds('', [], false).of('m');
    expect(meter).toMatchObject({ type: 'c', end: { text: '|c\n' } });
    expect(meter?.names.head('calls')?.text).toBe('calls_meter:');
  });

  it('takes any other type that is made of letters', () => {
    expect(new MetricKinds('', [], true).of('d')).toMatchObject({ type: 'd', end: { text: '|d\n' } });
  });

  it.each(['', 'c|g', 'c\n', '1', 'ä', null, 5, undefined])('gives nothing for the type %j', (type) => {
    expect(new MetricKinds('', [], true).of(type as string)).toBeUndefined();
  });

  it('writes the ends of lines in the order type, rate, tags of the client, tags of the metric', () => {
    const kinds = new MetricKinds('', tags({ site: 'north' }), true);
    expect(kinds.counter.end.text).toBe('|c|#site:north\n');
    expect(kinds.end('c', '|@0.1', tags({ node: 3 })).text).toBe('|c|@0.1|#site:north,node:3\n');
    expect(new MetricKinds('', [], true).end('c', '', tags({ node: 3 })).text).toBe('|c|#node:3\n');
  });
});
