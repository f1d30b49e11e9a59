import { createStatsDClient, type StatsDClient } from '@stasis-rx/statsd';
import { auditTime } from 'rxjs';
import { TOTALS, type Member } from './shared/join-cluster.js';
import { ServerTotals } from './shared/messages.js';

/** Sends the totals of all servers to StatsD, once a second while they change. */
export function reportTotals({ totalsCache, totalsCached }: Member, port: number): StatsDClient {
  const client = createStatsDClient({ host: '127.0.0.1', port, prefix: 'cluster' });
  totalsCached.pipe(auditTime(1000)).subscribe(() => {
    const sum = totalsCache.get(ServerTotals, TOTALS, null)?.data;
    client.gauge('servers', totalsCache.all(ServerTotals, TOTALS).length);
    client.gauge('channels', sum?.channels ?? 0);
    client.gauge('bridges', sum?.bridges ?? 0);
    client.gauge('channels.created', sum?.created ?? 0);
  });
  return client;
}
