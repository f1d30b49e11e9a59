/**
 * Lays a table out as prettier does, so that what is generated passes its check.
 *
 * @param rows the first one is the head; all are equally long
 */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    `| ${columns.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(columns.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
