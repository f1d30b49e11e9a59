/** A record as a test writes it: kind, type, number, time, pooled topic, data. */
export type WireRecord = readonly unknown[];

/** Records as the fields of a frame that carry them: a run for each. */
export function columnsOf(records: readonly WireRecord[]): Record<string, unknown> {
  const column = (index: number): unknown[] => records.flatMap((record) => [1, record[index]]);
  const types = [...new Set(records.map(([, type]) => type))];
  return {
    y: types,
    h: column(0),
    t: records.flatMap(([, type]) => [1, types.indexOf(type)]),
    n: records.flatMap(([, , number]) => [1, number, 1]),
    m: column(3),
    q: column(4),
    r: records.map(([, , , , , data]) => data ?? null),
  };
}
