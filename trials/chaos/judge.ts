import type { Cluster } from './cluster.js';
import { waitUntilCovered } from './coverage.js';
import type { NodeReport } from './protocol.js';

/** More nodes than this are summed up. */
const MOST_LINES = 12;

/** Holds what every node has received to what the others, in all their lives, have published; prints what there was. */
export async function judge(cluster: Cluster, print: (text: string) => void): Promise<void> {
  const { nodes, dead, violation, patienceMs } = cluster;
  for (const text of await waitUntilCovered(cluster, nodes, patienceMs)) violation(text);
  const reports = await Promise.all(nodes.map((node) => node.report()));
  for (const [index, { eid, life }] of nodes.entries()) {
    const { lanes = [], received = [] } = reports[index] ?? {};
    const { length } = received.filter((of) => nodes.some((node) => node.eid === of.eid && node.life === of.life));
    const wanted = (nodes.length - 1) * lanes.length;
    if (length < wanted) violation(`${eid} life ${life} has heard of ${length} of ${wanted} lanes`);
  }
  for (const { eid, life, progress } of dead) {
    const lanes = progress.map(({ lane, confirmed }) => `at least ${confirmed} on "${lane}"`);
    print(`${eid}, life ${life}, was killed; confirmed by then: ${lanes.join(', ')}`);
  }
  if (nodes.length > MOST_LINES) print(`all ${nodes.length} together: ${summary(reports)}`);
  else for (const [index, report] of reports.entries()) print(`${nodes[index]?.name}: ${summary([report])}`);
}

function summary(reports: readonly NodeReport[]): string {
  const sum = (of: (report: NodeReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const messages = sum(({ received }) => received.reduce((total, { count }) => total + count, 0));
  return [
    `received ${messages} messages, in order`,
    `${sum((report) => report.duplicatesDropped)} came again and were dropped`,
    `${sum((report) => report.gaps)} gaps of ${sum((report) => report.missed)}`,
    `${sum((report) => report.dropped)} given up`,
    `${sum((report) => report.retries)} retries`,
    `${sum((report) => report.snapshots)} snapshots`,
    `lost sight of a peer ${sum((report) => report.lost)} times`,
    `up to ${Math.max(...reports.map((report) => report.maxOutbox))} in the outbox`,
  ].join(', ');
}
