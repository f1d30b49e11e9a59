import cliProgress from 'cli-progress';
import { styleText } from 'node:util';
import { closingLines } from './closing-lines.js';
import { formatDuration, formatNumber, metricRows } from './metric-rows.js';
import { drawTable, type Paint } from './metric-table.js';
import type { JobDescription, JobResult, JobStatus, View } from './view.js';

/** What redraws the screen: made by `createLogUpdate` of the package `log-update`. */
export interface Frame {
  (text: string): void;
  /** Takes away what is drawn. */
  clear(): void;
  /** Shows the cursor again. */
  done(): void;
  /** The terminal as it is at present: its width in characters. */
  readonly columns: number;
  /** Its height in lines. */
  readonly rows: number;
}

export interface TerminalOptions {
  readonly useColours: boolean;
  /** Writes what is to stay on the screen. */
  readonly write: (text: string) => void;
}

/**
 * A progress bar over a table of the metrics, redrawn in place ten times a second and never larger than the terminal. In the
 * end all of it is written once more, whole, so that nothing that was counted is cut off.
 */
export function createTerminalView(frame: Frame, { useColours, write }: TerminalOptions): View {
  const paint: Paint = (style, text) => (useColours ? styleText(style, text, { validateStream: false }) : text);
  let job: JobDescription = { source: '', target: '' };
  return {
    refreshMs: 100,
    start: (description) => {
      job = description;
      frame(title(job, frame.columns, paint).join('\n'));
    },
    update: (status) => frame(screen(job, status, frame, paint).join('\n')),
    end: (result) => {
      frame.clear();
      frame.done();
      const table = drawTable(metricRows(result.metrics), { columns: frame.columns, lines: Infinity }, paint);
      const head = [...title(job, frame.columns, paint), '', progress(result, frame.columns, paint)];
      write(`${[...head, '', ...table, '', ...closing(result, paint)].join('\n')}\n`);
    },
    abandon: () => frame.done(),
  };
}

/** Fits the terminal: what there is no room for is left out, the title first. One line stays free for the cursor. */
function screen(job: JobDescription, status: JobStatus, { columns, rows }: Frame, paint: Paint): string[] {
  const room = Math.max(rows - 1, 1);
  const bar = progress(status, columns, paint);
  const head = [...title(job, columns, paint), '', bar, ''];
  const isRoomy = room - head.length >= ROOMY_TABLE_LINES;
  const above = isRoomy ? head : [bar];
  if (room <= above.length) return above.slice(0, room);
  const table = drawTable(metricRows(status.metrics), { columns, lines: room - above.length }, paint);
  return [...above, ...table];
}

/** With fewer, the table is worth more than the title. */
const ROOMY_TABLE_LINES = 8;

function title({ source, target }: JobDescription, columns: number, paint: Paint): string[] {
  const name = paint('bold', fit('Asterisk channel statistics', columns));
  if (source.length + 3 + target.length <= columns) return [name, `${source} ${paint('dim', '→')} ${target}`];
  return [name, fit(source, columns), `${paint('dim', '→')} ${fit(target, columns - 2)}`];
}

const LONGEST_BAR = 40;

/** Only the drawing of the bar is used of `cli-progress`: the screen is redrawn as a whole, bar and table at once. */
function bar(share: number, size: number): string {
  return cliProgress.Format.BarFormat(share, {
    barsize: size,
    barCompleteString: '█'.repeat(size),
    barIncompleteString: '░'.repeat(size),
    barGlue: '',
  });
}

function progress(status: JobStatus, columns: number, paint: Paint): string {
  const { events, skipped, totalEvents, connection, elapsedMs } = status;
  const done = events + skipped;
  const elapsed = formatDuration(elapsedMs);
  if (totalEvents === null) {
    const text = fit(`${connection ?? ''}  ${formatNumber(done)} events`, columns - elapsed.length - 2);
    const connected = text.slice(0, (connection ?? '').length);
    return `${paint('cyan', connected)}${text.slice(connected.length)}  ${paint('dim', elapsed)}`;
  }
  const share = totalEvents === 0 ? 1 : done / totalEvents;
  const text = ` ${Math.floor(share * 100)} %  ${formatNumber(done)}/${formatNumber(totalEvents)} events  `;
  const size = Math.min(LONGEST_BAR, columns - text.length - elapsed.length);
  if (size < 1) return fit(`${Math.floor(share * 100)} %  ${elapsed}`, columns);
  return `${paint('cyan', bar(share, size))}${text}${paint('dim', elapsed)}`;
}

/** The verdict last, and in its colour. These lines may be wrapped by the terminal: they stay. */
function closing(result: JobResult, paint: Paint): string[] {
  const lines = closingLines(result);
  return lines.map((line, index) =>
    index === lines.length - 1 ? paint(['bold', verdictColour(result)], line) : paint('dim', line),
  );
}

function verdictColour({ comparison, failure }: JobResult): 'green' | 'red' | 'yellow' {
  if (failure !== null) return 'red';
  if (comparison === null) return 'yellow';
  return comparison.isEqual ? 'green' : 'red';
}

function fit(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(columns - 1, 0))}…`;
}
