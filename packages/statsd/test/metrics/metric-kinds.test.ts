import { MetricKinds, type MetricKindsOptions } from '../../src/metrics/metric-kinds.js';
import { readTags, type StatsDTags } from '../../src/metrics/tags.js';

const tags = (given: StatsDTags) => readTags('', given);
const kindsOf = (options: Partial<MetricKindsOptions> = {}) =>
  new MetricKinds({ prefix: '', tags: [], meterSupport: true, aggregate: false, ...options });

describe('MetricKinds', () => {
  it.each(['c', 'g', 'ms', 'h', 'm', 's'])('D1: knows the type %s', (type) => {
    const kinds = kindsOf();
    expect(kinds.of(type)).toMatchObject({ type, end: { text: `|${type}\n` } });
    expect(kinds.of(type)).toBe(kinds.of(type));
  });

  it('D2: takes a meter for a counter of another name when there is no meter support', () => {
    const meter = kindsOf({ meterSupport: false }).of('m');
    expect(meter).toMatchObject({ type: 'c', end: { text: '|c\n' } });
    expect(meter?.names.head('calls')?.text).toBe('calls_meter:');
  });

  it('D4: gives what differs in the order of tags only one series, when metrics are put together', () => {
    const client = tags({ site: 'north', env: 'test' });
    const ends = (aggregate: boolean) => {
      const kinds = kindsOf({ tags: client, aggregate });
      return [tags(['b', 'a:1']), tags(['a:1', 'b'])].map((own) => kinds.end('c', 0.5, own));
    };
    const [first, second] = ends(true);
    expect(first?.text).toBe('|c|@0.5|#site:north,env:test,b,a:1\n');
    expect(second?.text).toBe('|c|@0.5|#site:north,env:test,a:1,b\n');
    expect(first?.series).toBe(second?.series);
    expect(ends(false).map(({ series }) => series)).toEqual([first?.text, second?.text]);
  });

  it('D4: writes no sample rate on gauges and sets when metrics are put together', () => {
    const kinds = kindsOf({ aggregate: true });
    expect(['c', 'm', 'ms', 'd', 'g', 's'].map((type) => kinds.end(type, 0.5).text)).toEqual([
      '|c|@0.5\n',
      '|m|@0.5\n',
      '|ms|@0.5\n',
      '|d|@0.5\n',
      '|g\n',
      '|s\n',
    ]);
    expect(kindsOf().end('g', 0.5).text).toBe('|g|@0.5\n');
  });

  it('takes any other type that is made of letters', () => {
    expect(kindsOf().of('d')).toMatchObject({ type: 'd', end: { text: '|d\n' } });
  });

  it.each(['', 'c|g', 'c\n', '1', 'ä', null, 5, undefined])('gives nothing for the type %j', (type) => {
    expect(kindsOf().of(type as string)).toBeUndefined();
  });

  it('writes the ends of lines in the order type, rate, tags of the client, tags of the metric', () => {
    const kinds = kindsOf({ tags: tags({ site: 'north' }) });
    expect(kinds.counter.end.text).toBe('|c|#site:north\n');
    expect(kinds.end('c', 0.1, tags({ node: 3 })).text).toBe('|c|@0.1|#site:north,node:3\n');
    expect(kindsOf().end('c', 1, tags({ node: 3 })).text).toBe('|c|#node:3\n');
  });
});
