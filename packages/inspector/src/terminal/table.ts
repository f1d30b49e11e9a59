import Table from 'cli-table3';
import { plainText } from './plain-text.js';

/** One column: what stands over it, and whether it is of numbers. */
export interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((part) => [part, `${part}-mid`, `${part}-left`, `${part}-right`])
    .concat(['mid-mid'])
    .map((part) => [part, '']),
);

/**
 * Draws a table without borders, as Asterisk's CLI does.
 * @param width of the terminal: the first column is made as narrow as it must be; `Infinity` for as wide as it is
 */
export function drawTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const texts = rows.map((row) => row.map(plainText));
  const widths = columns.map(({ head }, index) =>
    texts.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), head.length),
  );
  const tooWide = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  const first = Math.max(12, (widths[0] ?? 0) - Math.max(0, tooWide));
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ isNumber = false }) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_BORDERS, middle: GAP },
  });
  table.push(...texts.map(([name = '', ...rest]) => [shorten(name, first), ...rest]));
  return table
    .toString()
    .split('\n')
    .map((line) => clip(line.trimEnd(), width));
}

const GAP = '  ';

/** What tells one name from another is at its end. */
function shorten(name: string, most: number): string {
  return name.length <= most ? name : `…${name.slice(name.length - most + 1)}`;
}

function clip(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
