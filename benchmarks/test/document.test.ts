import type { Latency } from '../src/latency/measure-latency.js';
import { chart } from '../src/report/chart.js';
import { curves } from '../src/report/curves.js';
import { documentText } from '../src/report/document.js';
import { reportAsJSON } from '../src/report/json.js';
import { figureLines, scenarioLines } from '../src/report/print.js';
import { ratioRows, type Report, type ScenarioReport } from '../src/report/report.js';

const queued: ScenarioReport = {
  name: 'queued-1',
  title: 'queued, 1 subscription',
  detail: 'bursts of 1,000',
  unit: 'deliveries',
  results: [
    { name: 'stasis-rx', rates: [20e6, 24e6, 22e6] },
    { name: 'Subject + concatMap', rates: [2.75e6, 2.75e6, 2.75e6] },
  ],
};

const latency: Latency = {
  name: 'stasis-rx, queued',
  lone: { median: 1.5, p99: 3, p999: 20 },
  loaded: { median: 2, p99: 9, p999: 120 },
  rate: 2e6,
};

const ENGINES = 'the ratios on other versions';

const report: Report = {
  machine: {
    date: '2026-01-31',
    processor: 'A Processor',
    cores: 2,
    memoryGigabytes: 8,
    system: 'Linux 6',
    node: '20.0.0',
    v8: '11.3',
    load: 0.5,
    pageMicroseconds: 0.25,
    packages: { rxjs: '7.8.2', '@stasis-rx/core': '^0.1.0' },
  },
  scenarios: [queued],
  figures: [{ name: 'timer', values: { latestMs: 12.34 } }],
  latencies: [latency],
  scales: [
    {
      name: 'scale-topics',
      what: 'topics',
      timed: 'a publish',
      points: [
        { count: 1, nanoseconds: 60, bytes: 9000 },
        { count: 1000, nanoseconds: 120, bytes: 2100 },
      ],
    },
  ],
  browser: undefined,
};

describe('docs/performance.md', () => {
  const text = documentText(report, ENGINES);

  it('has a row for each ratio: both rates, the ratio and its quartiles, floor, aim, and where it stands', () => {
    const cells = text
      .split('\n')
      .find((line) => line.includes('Subject + concatMap '))
      ?.split('|')
      .map((cell) => cell.trim());
    expect(cells?.slice(1, -1)).toEqual([
      'queued, 1 subscription: bursts of 1,000',
      '22.0',
      'Subject + concatMap',
      '2.75',
      '8.00 ×',
      '7.64 to 8.36',
      '6',
      '9',
      'floor holds',
    ]);
  });

  it('has a row for each figure, with its limit', () => {
    expect(text).toMatch(/\| 12\.3 ms +\| 25\.0 ms +\| +\| holds +\|/);
  });

  it('names the machine and the versions', () => {
    expect(text).toContain(
      'Measured on 2026-01-31: A Processor, 2 cores, 8 GB of memory, Linux 6,\nNode 20.0.0 (V8 11.3)',
    );
    expect(text).toMatch(/\| @stasis-rx\/core +\| 0\.1\.0 +\|/);
  });

  it('has the latencies, lone and under load', () => {
    expect(text).toMatch(/\| stasis-rx, queued +\| 1\.50, 3\.00, 20\.0 +\| 2\.00, 9\.00, 120 +\| 2\.00 +\|/);
  });

  it('says what few and many cost, in a sentence and as a curve', () => {
    expect(text).toContain('Topics: a publish costs 60 ns with 1 and 120 ns with 1,000; each takes 2,100 bytes then.');
    const picture = curves(report.scales);
    expect(picture.match(/<circle /g)).toHaveLength(2);
    expect(picture).not.toContain('NaN');
  });

  it('keeps what another run has written about other versions of Node', () => {
    expect(text).toContain(ENGINES);
  });

  it('says when there was no browser', () => {
    expect(text).toContain('Not measured: the machine had no Chromium.');
  });

  it('has the ratios of the browser, without floors', () => {
    const withBrowser = documentText(
      { ...report, browser: { version: '150.0', scenarios: [queued], latencies: [latency] } },
      ENGINES,
    );
    const section = withBrowser.split('## In a browser')[1]?.split('\n## ')[0];
    expect(section).toContain('Chromium 150.0');
    expect(section).toContain('8.00 ×');
    expect(section).not.toMatch(/\| floor/);
  });

  it('has tables whose lines are equally long', () => {
    for (const table of text.split('\n\n').filter((block) => block.startsWith('|'))) {
      expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1);
    }
  });
});

describe('the picture', () => {
  const xOf = (pattern: RegExp, svg: string): number => Number(pattern.exec(svg)?.[1]);

  it('draws a bar for each ratio, with marks for its floor and aim', () => {
    const svg = chart(ratioRows([queued]));
    expect(svg.match(/<rect class="holds" x="[\d.]+" y="62"/g)).toHaveLength(1);
    const floorAt = xOf(/class="floor" d="M([\d.]+) 59/, svg);
    const aimAt = xOf(/class="aim" d="M([\d.]+) 63/, svg);
    const barEndsAt = xOf(/<rect class="holds" x="([\d.]+)" y="62"/, svg) + xOf(/y="62" width="([\d.]+)"/, svg);
    expect(floorAt).toBeLessThan(barEndsAt);
    expect(barEndsAt).toBeLessThan(aimAt);
  });

  it('describes itself, and escapes what it is given', () => {
    const svg = chart(ratioRows([{ ...queued, title: 'a < b & c' }]));
    expect(svg).toContain('a &lt; b &amp; c: stasis-rx has 8.00 × the rate of Subject + concatMap.');
    expect(svg).not.toContain('a < b');
  });

  it('keeps what is off the axis on the picture', () => {
    const [ours, peer] = queued.results;
    const slow = { ...queued, results: [{ ...ours!, rates: [1] }, peer!] };
    expect(chart(ratioRows([slow]))).not.toContain('NaN');
  });
});

describe('what is printed', () => {
  it('shows each contender, and the ratio beside the peer', () => {
    const [, , ours, peer] = scenarioLines(queued, true).split('\n');
    expect(ours).toMatch(/^ {2}stasis-rx +22\.0 +21\.0 to 23\.0$/);
    expect(peer).toMatch(
      /^ {2}Subject \+ concatMap +2\.75 +2\.75 to 2\.75 +8\.00 × +7\.64 to 8\.36 +floor 6, aim 9: floor holds$/,
    );
  });

  it('judges nothing that was not measured to be judged', () => {
    expect(scenarioLines(queued, false)).not.toContain('floor');
  });

  it('marks a limit that is missed', () => {
    const missed = { name: 'timer', values: { latestMs: 26 } };
    expect(figureLines(missed, true)).toMatch(/26\.0 ms +limit 25\.0 ms +MISS/);
    expect(figureLines(missed, false)).not.toMatch(/limit|MISS/);
  });
});

describe('the file for machines', () => {
  it('has the rounds, the spreads and the ratios', () => {
    expect(reportAsJSON(report)).toMatchObject({
      scenarios: [{ name: 'queued-1', results: [{ name: 'stasis-rx', median: 22e6, rates: [20e6, 24e6, 22e6] }, {}] }],
      ratios: [
        { scenario: 'queued-1', of: 'stasis-rx', against: 'Subject + concatMap', median: 8, standing: 'floor holds' },
      ],
      figures: [{ figure: 'timer', name: 'latestMs', value: 12.34, limit: 25, holds: true }],
      browser: undefined,
    });
  });
});
