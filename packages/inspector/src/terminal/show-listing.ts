import type { CommandLine } from './command-line.js';
import type { Connection } from './connection.js';
import { LISTINGS } from './listings.js';
import { jsonLine } from './plain-text.js';
import { drawTable } from './table.js';
import type { Terminal } from './terminal.js';

/** Lists something once, as it stands now. */
export async function showListing(
  connection: Connection,
  subject: keyof typeof LISTINGS,
  line: CommandLine,
  { write, columns: width }: Terminal,
): Promise<void> {
  for await (const report of connection.reports()) {
    if (report.is !== 'snapshot') continue;
    const { columns, rows, objects, total } = LISTINGS[subject](report, line);
    if (line.json) for (const object of objects) write(jsonLine(object));
    else write(`${[...drawTable(columns, rows, width), '', total].join('\n')}\n`);
    return;
  }
}
