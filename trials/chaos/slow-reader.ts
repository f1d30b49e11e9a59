import { anyOf } from './chance.js';
import type { Cluster } from './cluster.js';
import { waitUntilCovered } from './coverage.js';
import type { Fault } from './fault.js';

/** What each handler of the slow one takes: so its mailboxes are full, and stay so. */
const HANDLER_MS = 100;

/** One falls behind by far. It must get everything in the end, and nobody else may have to wait for it. */
export const slowReader: Fault = {
  name: "one node's handlers are slow, until all others have everything",
  mayLose: false,
  mayMiss: false,
  strike: async (cluster: Cluster, published: Promise<unknown>) => {
    const slow = cluster.nodes[anyOf(cluster.nodes)];
    slow?.tell({ type: 'slow', handlerMs: HANDLER_MS });
    await published;
    const others = cluster.nodes.filter((node) => node !== slow);
    const missing = await waitUntilCovered(cluster, others, cluster.patienceMs);
    for (const text of missing) cluster.violation(`others wait for a slow one: ${text}`);
    const report = (await slow?.ask('report', { type: 'report' }))?.report;
    slow?.tell({ type: 'slow', handlerMs: 0 });
    return `${slow?.eid} had ${report?.depth} frames before its mailboxes then`;
  },
};
