import { closingLines } from '../../src/cli/closing-lines.js';
import { compareWithAsterisk } from '../../src/cli/comparison.js';
import { formatDuration } from '../../src/cli/metric-rows.js';
import { countShown } from '../../src/cli/shown-by-ari.js';
import { createJsonView } from '../../src/cli/view-json.js';
import { createPlainView } from '../../src/cli/view-plain.js';
import { createTerminalView } from '../../src/cli/view-terminal.js';
import type { JobResult, JobStatus } from '../../src/cli/view.js';

const nothing = countShown([]);
const job = { source: 'calls.ari.jsonl, as fast as possible', target: 'StatsD at 127.0.0.1:8125' };

const status = (events: number, fields: Partial<JobStatus> = {}): JobStatus => ({
  elapsedMs: 1500,
  events,
  skipped: 0,
  totalEvents: 1000,
  connection: null,
  metrics: {
    lines: 1234,
    gauges: { 'channels.count': { value: 2, max: 7 } },
    counters: { 'stasis.message.b': 20, 'stasis.message.a': 1000 },
    timers: { 'channels.calltime': { count: 3, min: 1, mean: 20.4, max: 4000 } },
  },
  ...fields,
});

const result = (fields: Partial<JobResult> = {}): JobResult => ({
  ...status(1000),
  wasInterrupted: false,
  sentLines: 1234,
  lostLines: 0,
  comparison: compareWithAsterisk([], [], nothing),
  notCompared: '',
  failure: null,
  problems: [],
  ...fields,
});

describe('the plain view', () => {
  test('says what is done, one line a tenth, then the metrics, and the comparison last', () => {
    let output = '';
    const view = createPlainView((text) => (output += text));
    view.start(job);
    for (const events of [0, 99, 100, 150, 199, 470, 480]) view.update(status(events));
    view.end(result());
    expect(output.split('\n')).toEqual([
      'calls.ari.jsonl, as fast as possible -> StatsD at 127.0.0.1:8125',
      ' 10 %  100 events, 1,234 metric lines',
      ' 47 %  470 events, 1,234 metric lines',
      'gauge    channels.count         2  max 7',
      'timer    channels.calltime      3  min 1, mean 20, max 4,000 ms',
      'counter  stasis.message.a   1,000',
      'counter  stasis.message.b      20',
      'done after 1.5 s: 1,000 events, 1,234 metric lines sent',
      'equal to what Asterisk sent: all 0 channels.* lines accounted for, call times within 0 ms, and all 0 derivable message counts',
      '',
    ]);
  });

  test('says every ten seconds how a live job goes', () => {
    let output = '';
    const view = createPlainView((text) => (output += text));
    const live = { totalEvents: null, connection: 'connected' };
    for (const elapsedMs of [0, 9_999, 10_000, 15_000, 20_000]) view.update(status(5, { ...live, elapsedMs }));
    expect(output.split('\n')).toEqual([
      'connected  5 events, 1,234 metric lines',
      'connected  5 events, 1,234 metric lines',
      '',
    ]);
  });
});

describe('the JSON view', () => {
  test('is one object a line', () => {
    let output = '';
    const view = createJsonView((text) => (output += text));
    view.start(job);
    view.update(status(10));
    view.end(result());
    const objects = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(objects).toEqual([
      { type: 'start', ...job },
      { type: 'progress', ...status(10) },
      { type: 'end', ...result() },
    ]);
  });
});

describe('the terminal view', () => {
  function terminal({ useColours = false, columns = 80, rows = 24 } = {}) {
    const frames: string[] = [];
    const log: string[] = [];
    let written = '';
    const frame = Object.assign((text: string) => frames.push(text), {
      clear: () => log.push('clear'),
      done: () => log.push('done'),
      columns,
      rows,
    });
    const view = createTerminalView(frame, { useColours, write: (text) => (written += text) });
    return { view, frames, log, screen: () => frames.at(-1)?.split('\n') ?? [], written: () => written.split('\n') };
  }

  const TABLE = [
    '┌─────────┬───────────────────┬───────┬──────────────────────────────┐',
    '│ kind    │ metric            │ value │                              │',
    '├─────────┼───────────────────┼───────┼──────────────────────────────┤',
    '│ gauge   │ channels.count    │     2 │ max 7                        │',
    '│ timer   │ channels.calltime │     3 │ min 1, mean 20, max 4,000 ms │',
    '│ counter │ stasis.message.a  │ 1,000 │                              │',
    '│ counter │ stasis.message.b  │    20 │                              │',
    '└─────────┴───────────────────┴───────┴──────────────────────────────┘',
  ];

  test('draws a bar and a table', () => {
    const { view, screen, log } = terminal();
    view.start(job);
    view.update(status(500));
    expect(screen()).toEqual([
      'Asterisk channel statistics',
      'calls.ari.jsonl, as fast as possible → StatsD at 127.0.0.1:8125',
      '',
      `${'█'.repeat(20)}${'░'.repeat(20)} 50 %  500/1,000 events  1.5 s`,
      '',
      ...TABLE,
    ]);
    expect(log).toEqual([]);
  });

  test('in the end takes the drawing away, gives the terminal back, and writes everything whole', () => {
    const { view, log, written } = terminal({ rows: 8 });
    view.start(job);
    view.end(result());
    expect(log).toEqual(['clear', 'done']);
    expect(written().slice(0, 2)).toEqual([
      'Asterisk channel statistics',
      'calls.ari.jsonl, as fast as possible → StatsD at 127.0.0.1:8125',
    ]);
    expect(written()).toEqual(expect.arrayContaining(TABLE));
    expect(written().at(-2)).toMatch(/^equal to what Asterisk sent/);
  });

  test.each([1, 2, 4, 6, 8, 10, 14, 24])('is never as high as a terminal of %i rows', (rows) => {
    const { view, screen } = terminal({ rows });
    view.start(job);
    view.update(status(500));
    expect(screen().length).toBeLessThanOrEqual(Math.max(rows - 1, 1));
  });

  test('shows the bar and the gauges at 8 rows', () => {
    const { view, screen } = terminal({ rows: 8 });
    view.start(job);
    view.update(status(500));
    expect(screen()).toEqual([
      `${'█'.repeat(20)}${'░'.repeat(20)} 50 %  500/1,000 events  1.5 s`,
      'gauge    channels.count         2  max 7',
      'timer    channels.calltime      3  min 1, mean 20, max 4,000 ms',
      'counter  stasis.message.a   1,000',
      'counter  stasis.message.b      20',
    ]);
  });

  test('says how many metrics there is no room for', () => {
    const { view, screen } = terminal({ rows: 5 });
    view.update(status(500));
    expect(screen().slice(1)).toEqual([
      'gauge  channels.count     2  max 7',
      'timer  channels.calltime  3  min 1, mean 20, max 4,000 ms',
      '… 2 more',
    ]);
  });

  test.each([20, 30, 40, 60, 80, 120])('is never wider than a terminal of %i columns', (columns) => {
    const counters = { 'stasis.message.ast_channel_hangup_request_type': 12_345, 'stasis.message.a': 1 };
    for (const rows of [8, 40]) {
      for (const totalEvents of [1000, null]) {
        const { view, screen, written } = terminal({ columns, rows });
        const metrics = { ...status(0).metrics, counters };
        view.start({ source: 'ws://pbx.example.com:8088/ari/events, application statistics', target: job.target });
        expect(Math.max(...screen().map((line) => line.length))).toBeLessThanOrEqual(columns);
        view.update(status(500, { metrics, totalEvents, connection: 'waiting 30 s to connect again' }));
        expect(Math.max(...screen().map((line) => line.length))).toBeLessThanOrEqual(columns);
        view.end(result({ metrics, totalEvents }));
        const table = written().slice(0, -3);
        expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(columns);
      }
    }
  });

  test('leaves out details where the terminal is too narrow for them, then the kind, then the beginning of names', () => {
    const at = (columns: number) => {
      const { view, frames } = terminal({ columns, rows: 40 });
      view.update(status(500));
      return frames.at(-1);
    };
    expect(at(60)).toContain('│ timer   │ channels.calltime │     3 │\n');
    expect(at(35)).toContain('│ channels.calltime │     3 │\n');
    expect(at(25)).toContain('│ …els.calltime │     3 │\n');
  });

  test('says so while there is nothing to show, and shows what a live connection does', () => {
    const { view, frames } = terminal();
    const metrics = { lines: 0, gauges: {}, counters: {}, timers: {} };
    view.update(status(3, { metrics, totalEvents: null, connection: 'connected' }));
    expect(frames.at(-1)).toContain('connected  3 events  1.5 s\n\nno metrics yet');
  });

  test('is whole for a recording without events', () => {
    const { view, frames } = terminal();
    view.update(status(0, { totalEvents: 0 }));
    expect(frames.at(-1)).toContain(`${'█'.repeat(40)} 100 %  0/0 events`);
  });

  test('colours its verdict: green for equal, red for different and failed, yellow for neither', () => {
    const verdict = (fields: Partial<JobResult>) => {
      const { view, written } = terminal({ useColours: true });
      view.end(result(fields));
      return written().at(-2);
    };
    expect(verdict({})).toContain('\u001b[32m');
    expect(verdict({ comparison: compareWithAsterisk(['channels.count:+1|g'], [], nothing) })).toContain('\u001b[31m');
    expect(verdict({ comparison: null, notCompared: 'stopped' })).toContain('\u001b[33m');
    expect(verdict({ comparison: null, notCompared: 'live', failure: 'lost' })).toContain('\u001b[31m');
  });

  test('gives the terminal back when the program fails', () => {
    const { view, log } = terminal();
    view.abandon();
    expect(log).toEqual(['done']);
  });
});

describe('the closing lines', () => {
  test('tell of interruption, of what was skipped and lost, and why nothing was compared', () => {
    const lines = closingLines(
      result({
        wasInterrupted: true,
        skipped: 2,
        sentLines: 1200,
        lostLines: 34,
        problems: ['events skipped: 2, the last one: x'],
        comparison: null,
        notCompared: 'stopped before the end of the recording',
      }),
    );
    expect(lines).toEqual([
      'stopped after 1.5 s: 1,000 events (2 more were unknown or broken), 1,200 metric lines sent, 34 LOST',
      'events skipped: 2, the last one: x',
      'not compared with Asterisk: stopped before the end of the recording',
    ]);
  });

  test.each([
    [0, '0.0 s'],
    [9631, '9.6 s'],
    [65_000, '1:05'],
    [3_600_000, '60:00'],
  ])('write %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
