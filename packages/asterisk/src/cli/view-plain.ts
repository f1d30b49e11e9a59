import { closingLines } from './closing-lines.js';
import { formatNumber, metricRows, type MetricRow } from './metric-rows.js';
import type { JobStatus, View } from './view.js';

/** How often it says how far a live job has come, in milliseconds. */
const LIVE_EVERY_MS = 10_000;

/** Plain lines, for logs and pipes: one each tenth of a recording, or each ten seconds, then the metrics and the closing lines. */
export function createPlainView(write: (text: string) => void): View {
  const line = (text: string) => write(`${text}\n`);
  let shownStep = 0;
  return {
    refreshMs: 50,
    start: ({ source, target }) => line(`${source} -> ${target}`),
    update: (status) => {
      const step = Math.floor(steps(status));
      if (step > shownStep) line(progress(status));
      shownStep = Math.max(shownStep, step);
    },
    end: (result) => {
      alignedRows(metricRows(result.metrics)).forEach(line);
      closingLines(result).forEach(line);
    },
    abandon: () => undefined,
  };
}

/** How many progress lines are due so far. */
function steps({ events, skipped, totalEvents, elapsedMs }: JobStatus): number {
  if (totalEvents === null) return elapsedMs / LIVE_EVERY_MS;
  return (10 * (events + skipped)) / Math.max(totalEvents, 1);
}

function progress({ events, totalEvents, skipped, connection, metrics }: JobStatus): string {
  const done = events + skipped;
  const share = totalEvents === null ? (connection ?? '') : `${Math.floor((done / Math.max(totalEvents, 1)) * 100)} %`;
  return `${share.padStart(5)}  ${formatNumber(done)} events, ${formatNumber(metrics.lines)} metric lines`;
}

function alignedRows(rows: readonly MetricRow[]): string[] {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  const valueWidth = Math.max(0, ...rows.map(({ value }) => value.length));
  return rows.map(({ kind, name, value, detail }) =>
    `${kind.padEnd(7)}  ${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${detail}`.trimEnd(),
  );
}
