import { Model } from '../model/model.js';
import type { CommandLine } from './command-line.js';
import type { Connection } from './connection.js';
import { jsonLine } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { topHead, topRows, topTable } from './top-screen.js';

/** Shows how the subscriptions stand, again and again: only what the bus counts is asked for, and no records. */
export async function showTop(connection: Connection, line: CommandLine, terminal: Terminal): Promise<void> {
  const model = new Model({ maxMessages: 1 });
  const frame = line.json ? undefined : terminal.openFrame?.();
  let left = line.times;
  try {
    for await (const report of connection.reports()) {
      if (report.is === 'snapshot') model.apply({ ...report, records: [] });
      else if (report.is !== 'records') model.apply(report);
      if (report.is === 'hello') connection.send({ is: 'watch', records: false, statisticsMs: line.intervalMs });
      if (report.is !== 'statistics') continue;
      show(model, line, terminal, frame);
      if (--left <= 0) return;
    }
  } finally {
    frame?.done();
  }
}

function show(
  model: Model,
  line: CommandLine,
  { write, columns }: Terminal,
  frame: ReturnType<NonNullable<Terminal['openFrame']>> | undefined,
): void {
  const rows = topRows(model, line);
  if (line.json) {
    write(jsonLine({ at: model.now, subscriptions: rows }));
    return;
  }
  const head = topHead(model);
  if (frame === undefined) {
    write(`${[head, ...topTable(rows, columns, Infinity)].join('\n')}\n\n`);
    return;
  }
  const lines = [head, '', ...topTable(rows, frame.columns, frame.rows - 3)];
  frame(lines.map((each) => each.slice(0, frame.columns)).join('\n'));
}
