import { figureRows, misses, ratioRows, type ScenarioReport } from '../src/report/report.js';
import { figureTargets, ratioTargets } from '../src/targets.js';

const scenario: ScenarioReport = {
  name: 'queued',
  title: 'queued, 1 subscription',
  detail: '',
  unit: 'deliveries',
  results: [
    { name: 'ours', rates: [30, 32, 28] },
    { name: 'peer', rates: [10, 10, 10] },
    { name: 'other', rates: [60, 60, 60] },
  ],
};

describe('a row of ratios', () => {
  it.each([
    ['below its floor', { floor: 3.1 }, 'below floor'],
    ['on its floor', { floor: 3, aim: 4 }, 'floor holds'],
    ['on its aim', { floor: 2, aim: 3 }, 'aim reached'],
    ['without a target', {}, 'free'],
  ])('that is %j stands there', (_, asked, standing) => {
    const [row] = ratioRows([scenario], [{ scenario: 'queued', against: 'peer', ...asked }]);
    expect(row).toMatchObject({ standing, ratio: { median: 3 } });
  });

  it('is left out when its scenario was not measured', () => {
    expect(ratioRows([], [{ scenario: 'queued', against: 'peer', floor: 1 }])).toEqual([]);
  });

  it('names the target whose contender is not there', () => {
    expect(() => ratioRows([scenario], [{ scenario: 'queued', against: 'nobody' }])).toThrow('queued has no nobody');
  });

  it('that could not be measured is below its floor', () => {
    const nothing = { ...scenario, results: scenario.results.map(({ name }) => ({ name, rates: [] })) };
    expect(ratioRows([nothing], [{ scenario: 'queued', against: 'peer', floor: 1 }])[0]?.standing).toBe('below floor');
  });
});

describe('a row of figures', () => {
  const target = { figure: 'heap', value: 'bytes', title: 'heap', unit: 'bytes' };
  const measured = [{ name: 'heap', values: { bytes: 100 } }];

  it.each([
    [99, false],
    [100, true],
    [undefined, true],
  ])('with a limit of %s holds: %s', (limit, holds) => {
    const [row] = figureRows(measured, [limit === undefined ? target : { ...target, limit }]);
    expect(row?.holds).toBe(holds);
  });

  it('names the value that is not there', () => {
    expect(() => figureRows(measured, [{ ...target, value: 'objects' }])).toThrow('heap has no objects');
  });
});

describe('a check', () => {
  it('complains about each floor and limit that is missed, and about nothing else', () => {
    const ratios = ratioRows(
      [scenario],
      [
        { scenario: 'queued', against: 'peer', floor: 3.1 },
        { scenario: 'queued', against: 'other', floor: 0.4 },
        { scenario: 'queued', against: 'other' },
      ],
    );
    const figures = figureRows(
      [{ name: 'heap', values: { bytes: 100 } }],
      [{ figure: 'heap', value: 'bytes', title: 'heap of a topic', unit: 'bytes', limit: 99 }],
    );
    expect(misses(ratios, figures, { pageMicroseconds: 20 })).toEqual({
      judged: [
        'queued (queued, 1 subscription): ours has 3.00 times the rate of peer, the floor is 3.1',
        'heap (heap of a topic): 100.00 bytes, the limit is 99',
      ],
      unjudged: [],
    });
  });

  it.each([
    [0.5, 1, 0],
    [20, 0, 1],
  ])(
    'where a page of memory takes %d µs, judges %d floors of what needs much, and not %d',
    (pageMicroseconds, ...counts) => {
      const ratios = ratioRows([scenario], [{ scenario: 'queued', against: 'peer', floor: 3.1, isMemoryBound: true }]);

      const { judged, unjudged } = misses(ratios, [], { pageMicroseconds });

      expect([judged.length, unjudged.length]).toEqual(counts);
    },
  );
});

describe('the targets', () => {
  it('aim at least as high as their floors', () => {
    for (const { floor, aim } of ratioTargets) expect(aim ?? Infinity).toBeGreaterThanOrEqual(floor ?? 0);
  });

  it('name each pair and each value once', () => {
    const names = [
      ...ratioTargets.map(({ scenario: name, against }) => `${name}/${against}`),
      ...figureTargets.map(({ figure, value }) => `${figure}/${value}`),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
