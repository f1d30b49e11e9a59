import type { Cluster } from './cluster.js';
import { pause } from './faults.js';
import type { NodeProcess } from './node-process.js';
import type { NodeReport, Received } from './protocol.js';

const DEADLINE_MS = 30_000;

/** Holds what every node has received to what the others, in all their lives, have published; prints what there was. */
export async function judge(
  cluster: Cluster,
  violation: (text: string) => void,
  print: (text: string) => void,
): Promise<void> {
  const reports = await reportsOnceAllIsIn(cluster);
  for (const { eid, life, progress } of cluster.dead) {
    const lanes = progress.map(({ lane, confirmed }) => `at least ${confirmed} on "${lane}"`);
    print(`${eid}, life ${life}, was killed; confirmed by then: ${lanes.join(', ')}`);
  }
  for (const [index, receiver] of cluster.nodes.entries()) {
    const report = reports[index] as NodeReport;
    for (const sender of [...cluster.dead, ...cluster.nodes]) {
      if (sender.eid !== receiver.eid) judgePair(receiver, report, sender, violation);
    }
    print(`${receiver.eid}, life ${receiver.life}: ${summary(report)}`);
  }
}

/** What the nodes have to say when the last message of each has arrived at all, or has had long enough to. */
async function reportsOnceAllIsIn({ nodes }: Cluster): Promise<NodeReport[]> {
  const begun = Date.now();
  for (;;) {
    const reports = await Promise.all(nodes.map(async (node) => (await node.ask('report', { type: 'report' })).report));
    const isIn = reports.every(({ received }, index) =>
      nodes.every((sender) => sender.eid === nodes[index]?.eid || hasAll(received, sender)),
    );
    if (isIn || Date.now() - begun > DEADLINE_MS) return reports;
    await pause(50);
  }
}

function hasAll(received: readonly Received[], sender: NodeProcess): boolean {
  return sender.progress.every(({ lane, published }) => (laneOf(received, sender, lane)?.last ?? 0) >= published);
}

function laneOf(received: readonly Received[], { eid, life }: NodeProcess, lane: string): Received | undefined {
  return received.find((of) => of.eid === eid && of.life === life && of.lane === lane);
}

/** That nothing came twice or out of order, and nothing was left out in between, the receiver has seen to itself. */
function judgePair(
  receiver: NodeProcess,
  { received }: NodeReport,
  sender: NodeProcess,
  violation: (text: string) => void,
): void {
  const wasThereBefore = receiver.life === 1;
  if (!wasThereBefore && !sender.isAlive) return; // it may have been killed before the receiver began
  for (const { lane, published, confirmed } of sender.progress) {
    const got = laneOf(received, sender, lane);
    const needed = sender.isAlive ? published : confirmed;
    const what = `${receiver.eid} life ${receiver.life} of ${sender.eid} life ${sender.life}, lane ${lane}`;
    if (needed > (got?.last ?? 0)) violation(`lost: ${what}: ${got?.last ?? 0} of ${needed}`);
    if (wasThereBefore && got !== undefined && got.first !== 1) violation(`lost: ${what}: begins with ${got.first}`);
  }
}

function summary(report: NodeReport): string {
  const { received, duplicatesDropped, gaps, dropped, retries, snapshots, lost, maxOutbox } = report;
  const messages = received.reduce((sum, { count }) => sum + count, 0);
  return [
    `received ${messages} messages, in order`,
    `${duplicatesDropped} came again and were dropped`,
    `${gaps} gaps`,
    `${dropped} given up`,
    `${retries} retries`,
    `${snapshots} snapshots`,
    `lost sight of a peer ${lost} times`,
    `up to ${maxOutbox} in the outbox`,
  ].join(', ');
}
