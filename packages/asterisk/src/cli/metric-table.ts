import Table from 'cli-table3';
import type { styleText } from 'node:util';
import type { MetricRow } from './metric-rows.js';

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** How much room there is. */
export interface TableRoom {
  /** In characters. */
  readonly columns: number;
  /** At least 1. */
  readonly lines: number;
}

/**
 * Draws the metrics as a table. Where there is too little room it leaves out details, then the kind, then cuts long names;
 * and of the rows the last ones, saying how many.
 */
export function drawTable(rows: readonly MetricRow[], { columns, lines }: TableRoom, paint: Paint): string[] {
  if (rows.length === 0) return [paint('dim', 'no metrics yet')];
  const hasBorders = lines >= BORDER_LINES + Math.min(rows.length, FEWEST_ROWS);
  const room = Math.max(hasBorders ? lines - BORDER_LINES : lines, 1);
  const isCut = rows.length > room;
  const shown = isCut ? rows.slice(0, Math.max(room - 1, 0)) : rows;
  const layout =
    LAYOUTS.find((one) => widthOf(shown, one, hasBorders) <= columns) ?? narrowest(shown, columns, hasBorders);
  const table = draw(shown, layout, hasBorders, paint);
  return isCut ? [...table, paint('dim', `… ${rows.length - shown.length} more`)] : table;
}

/** Above the rows, between head and rows, and below. */
const BORDER_LINES = 4;
/** With fewer the borders would take more than they give. */
const FEWEST_ROWS = 3;

type Column = 'kind' | 'metric' | 'value' | 'detail';

interface Layout {
  readonly columns: readonly Column[];
  /** In characters; longer names are cut. */
  readonly longestName: number;
}

/** From the widest to the narrowest. */
const LAYOUTS: readonly Layout[] = [
  { columns: ['kind', 'metric', 'value', 'detail'], longestName: Infinity },
  { columns: ['kind', 'metric', 'value'], longestName: Infinity },
  { columns: ['metric', 'value'], longestName: Infinity },
];

function narrowest(rows: readonly MetricRow[], columns: number, hasBorders: boolean): Layout {
  const layout: Layout = { columns: ['metric', 'value'], longestName: Infinity };
  const tooWide = widthOf(rows, layout, hasBorders) - columns;
  return { ...layout, longestName: Math.max(longest(rows.map(({ name }) => name)) - tooWide, 1) };
}

/** Of a whole line. */
function widthOf(rows: readonly MetricRow[], { columns }: Layout, hasBorders: boolean): number {
  const widths = columns.map((column) => longest([HEADS[column], ...rows.map((row) => textOf(row, column, Infinity))]));
  const between = hasBorders ? 3 * columns.length + 1 : 2 * (columns.length - 1);
  return widths.reduce((sum, width) => sum + width, between);
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}

const HEADS: Readonly<Record<Column, string>> = { kind: 'kind', metric: 'metric', value: 'value', detail: '' };

function textOf({ kind, name, value, detail }: MetricRow, column: Column, longestName: number): string {
  if (column === 'kind') return kind;
  if (column === 'value') return value;
  if (column === 'detail') return detail;
  // What tells one metric from another is at the end of its name.
  return name.length <= longestName ? name : `…${name.slice(name.length - longestName + 1)}`;
}

const BORDERS = /[┌┐└┘├┤┬┴┼─│]+/g;

const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((part) => [part, `${part}-mid`, `${part}-left`, `${part}-right`])
    .concat(['mid-mid'])
    .map((part) => [part, '']),
);

const KIND_STYLES = { gauge: 'green', timer: 'magenta', counter: 'blue' } as const;

function draw(
  rows: readonly MetricRow[],
  { columns, longestName }: Layout,
  hasBorders: boolean,
  paint: Paint,
): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    colAligns: columns.map((column) => (column === 'value' ? 'right' : 'left')),
    style: { head: [], border: [], compact: true, ...(hasBorders ? {} : { 'padding-left': 0, 'padding-right': 0 }) },
    ...(hasBorders ? { head: columns.map((column) => HEADS[column]) } : { chars: { ...NO_BORDERS, middle: '  ' } }),
  });
  table.push(...rows.map((row) => columns.map((column) => cell(row, column, longestName, paint))));
  const lines = table.toString().split('\n');
  return lines.map((line) => line.replaceAll(BORDERS, (border) => paint('dim', border)).trimEnd());
}

function cell(row: MetricRow, column: Column, longestName: number, paint: Paint): string {
  const text = textOf(row, column, longestName);
  if (column === 'kind') return paint(KIND_STYLES[row.kind], text);
  if (column === 'value') return paint('bold', text);
  return column === 'detail' ? paint('dim', text) : text;
}
