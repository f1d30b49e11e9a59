import { saysTheSame } from './says-the-same.js';

/** The lines of a table of what is alive. */
export interface LiveRows<Row> {
  /** Not all of them, when there are many. */
  readonly rows: readonly Row[];
  /** How many there are beside those. */
  readonly more: number;
}

/**
 * Makes the lines of the first of the snapshots. A line that is as it was before is taken from there, and so is the whole
 * list: who compares by identity sees what has to be drawn anew.
 *
 * @param most how many lines there are at the most
 */
export function liveRows<Snapshot, Row extends { readonly id: string }>(
  snapshots: readonly Snapshot[],
  most: number,
  toRow: (snapshot: Snapshot) => Row,
  before: LiveRows<Row> | undefined,
): LiveRows<Row> {
  const rows = snapshots.slice(0, most).map(toRow);
  return { rows: reuse(before?.rows ?? [], rows), more: Math.max(0, snapshots.length - most) };
}

function reuse<Row extends { readonly id: string }>(before: readonly Row[], rows: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  const reused = rows.map((row) => {
    const old = known.get(row.id);
    return old !== undefined && saysTheSame(old, row) ? old : row;
  });
  const isSame = reused.length === before.length && reused.every((row, index) => row === before[index]);
  return isSame ? before : reused;
}
