import type { AggregateEntry } from '@stasis-rx/core';
import { ServerTotals } from './messages.js';

/** The totals of all servers as one message of no server: what the cache keeps as the aggregate. */
export function sumOfTotals({ local, remotes }: AggregateEntry): ServerTotals {
  const all = [...(local === undefined ? [] : [local]), ...remotes].filter((message) => ServerTotals.is(message));
  const sum = (of: (data: ServerTotals['data']) => number): number =>
    all.reduce((total, { data }) => total + of(data), 0);
  return ServerTotals(
    {
      recordings: [...new Set(all.flatMap(({ data }) => data.recordings))].sort(),
      channels: sum(({ channels }) => channels),
      bridges: sum(({ bridges }) => bridges),
      created: sum(({ created }) => created),
      played: sum(({ played }) => played),
    },
    { eid: null },
  );
}
