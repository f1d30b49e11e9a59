import { closingLines } from '../../src/cli/closing-lines.js';
import { compareWithAsterisk } from '../../src/cli/comparison.js';
import { formatDuration } from '../../src/cli/metric-rows.js';
import { createJsonView } from '../../src/cli/view-json.js';
import { createPlainView } from '../../src/cli/view-plain.js';
import { createTerminalView } from '../../src/cli/view-terminal.js';
import type { JobResult, JobStatus } from '../../src/cli/view.js';

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
  comparison: compareWithAsterisk([], []),
  notCompared: '',
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
  function terminal({ useColours = false, columns = 80 } = {}) {
    const frames: string[] = [];
    let isDone = false;
    const frame = Object.assign((text: string) => frames.push(text), { done: () => (isDone = true) });
    return { view: createTerminalView(frame, { useColours, columns }), frames, isDone: () => isDone };
  }

  test('draws a bar and a table, and gives the terminal back in the end', () => {
    const { view, frames, isDone } = terminal();
    view.start(job);
    view.update(status(500));
    expect(frames.at(-1)?.split('\n')).toEqual([
      'Asterisk channel statistics',
      'calls.ari.jsonl, as fast as possible → StatsD at 127.0.0.1:8125',
      '',
      `${'█'.repeat(20)}${'░'.repeat(20)} 50 %  500/1,000 events  1.5 s`,
      '',
      '┌─────────┬───────────────────┬───────┬──────────────────────────────┐',
      '│ kind    │ metric            │ value │                              │',
      '├─────────┼───────────────────┼───────┼──────────────────────────────┤',
      '│ gauge   │ channels.count    │     2 │ max 7                        │',
      '│ timer   │ channels.calltime │     3 │ min 1, mean 20, max 4,000 ms │',
      '│ counter │ stasis.message.a  │ 1,000 │                              │',
      '│ counter │ stasis.message.b  │    20 │                              │',
      '└─────────┴───────────────────┴───────┴──────────────────────────────┘',
    ]);
    expect(isDone()).toBe(false);
    view.end(result());
    expect(frames.at(-1)?.split('\n').at(-1)).toMatch(/^equal to what Asterisk sent/);
    expect(isDone()).toBe(true);
  });

  test('leaves out details where the terminal is too narrow for them', () => {
    const { view, frames } = terminal({ columns: 60 });
    view.update(status(500));
    expect(frames.at(-1)).toContain('│ timer   │ channels.calltime │     3 │\n');
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

  test('colours its verdict: green for equal, red for different, yellow for neither', () => {
    const verdict = (fields: Partial<JobResult>) => {
      const { view, frames } = terminal({ useColours: true });
      view.end(result(fields));
      return frames.at(-1)?.split('\n').at(-1);
    };
    expect(verdict({})).toContain('\u001b[32m');
    expect(verdict({ comparison: compareWithAsterisk(['channels.count:+1|g'], []) })).toContain('\u001b[31m');
    expect(verdict({ comparison: null, notCompared: 'stopped' })).toContain('\u001b[33m');
  });

  test('gives the terminal back when the job fails', () => {
    const { view, isDone } = terminal();
    view.abandon();
    expect(isDone()).toBe(true);
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
