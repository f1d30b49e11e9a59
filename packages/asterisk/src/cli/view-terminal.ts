import cliProgress from 'cli-progress';
import Table from 'cli-table3';
import { styleText } from 'node:util';
import { closingLines } from './closing-lines.js';
import { formatDuration, formatNumber, metricRows, type MetricRow } from './metric-rows.js';
import type { JobDescription, JobStatus, View } from './view.js';

/** What redraws the screen: made by `createLogUpdate` of the package `log-update`. */
export interface Frame {
  (text: string): void;
  /** Leaves what is drawn where it is, and shows the cursor again. */
  done(): void;
}

export interface TerminalOptions {
  readonly useColours: boolean;
  /** Width of the terminal, in characters. */
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];

/** A progress bar over a table of the metrics, redrawn in place ten times a second. */
export function createTerminalView(frame: Frame, { useColours, columns }: TerminalOptions): View {
  const paint: Paint = (style, text) => (useColours ? styleText(style, text, { validateStream: false }) : text);
  const body = (status: JobStatus) =>
    [title, '', progress(status, paint), '', table(status, columns, paint)].join('\n');
  let title = '';
  return {
    refreshMs: 100,
    start: (job) => {
      title = describe(job, paint);
      frame(title);
    },
    update: (status) => frame(body(status)),
    end: (result) => {
      const [last = '', ...others] = closingLines(result).reverse();
      const colour = result.comparison === null ? 'yellow' : result.comparison.isEqual ? 'green' : 'red';
      const closing = [...others.reverse().map((line) => paint('dim', line)), paint(['bold', colour], last)];
      frame([body(result), '', ...closing].join('\n'));
      frame.done();
    },
    abandon: () => frame.done(),
  };
}

const BAR_WIDTH = 40;

/** Only the drawing of the bar is used of `cli-progress`: the screen is redrawn as a whole, bar and table at once. */
const BAR = {
  barsize: BAR_WIDTH,
  barCompleteString: '█'.repeat(BAR_WIDTH),
  barIncompleteString: '░'.repeat(BAR_WIDTH),
  barGlue: '',
};

type Paint = (style: Style, text: string) => string;

function describe({ source, target }: JobDescription, paint: Paint): string {
  return `${paint('bold', 'Asterisk channel statistics')}\n${source} ${paint('dim', '→')} ${target}`;
}

function progress(status: JobStatus, paint: Paint): string {
  const { events, skipped, totalEvents, connection, elapsedMs } = status;
  const done = events + skipped;
  const elapsed = paint('dim', formatDuration(elapsedMs));
  if (totalEvents === null) return `${paint('cyan', connection ?? '')}  ${formatNumber(done)} events  ${elapsed}`;

  const share = totalEvents === 0 ? 1 : done / totalEvents;
  const bar = cliProgress.Format.BarFormat(share, BAR);
  return `${paint('cyan', bar)} ${Math.floor(share * 100)} %  ${formatNumber(done)}/${formatNumber(totalEvents)} events  ${elapsed}`;
}

/** Where the terminal is too narrow for the details, they are left out. */
function table({ metrics }: JobStatus, columns: number, paint: Paint): string {
  const rows = metricRows(metrics);
  if (rows.length === 0) return paint('dim', 'no metrics yet');
  const whole = draw(rows, HEAD.length, paint);
  // Its first line is a border, and has no colours yet.
  const grid = whole.indexOf('\n') <= columns ? whole : draw(rows, HEAD.length - 1, paint);
  return grid.replaceAll(BORDERS, (border) => paint('dim', border));
}

function draw(rows: readonly MetricRow[], width: number, paint: Paint): string {
  const grid = new Table({
    head: HEAD.slice(0, width),
    colAligns: ['left', 'left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  grid.push(...rows.map((row) => cells(row, paint).slice(0, width)));
  return grid.toString();
}

const HEAD = ['kind', 'metric', 'value', ''];

const BORDERS = /[┌┐└┘├┤┬┴┼─│]+/g;

const KIND_STYLES = { gauge: 'green', timer: 'magenta', counter: 'blue' } as const;

function cells({ kind, name, value, detail }: MetricRow, paint: Paint): string[] {
  return [paint(KIND_STYLES[kind], kind), name, paint('bold', value), paint('dim', detail)];
}
