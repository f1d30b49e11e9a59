// `npm run chaos`: three processes publish to each other over a real server, while everything breaks that can. Fails when
// a message is lost, comes twice or out of order, or caches and aggregates do not agree after a fault.
import { Cluster } from './cluster.js';
import { faults, pause, type Fault } from './faults.js';
import type { NodeProcess } from './node-process.js';
import type { NodeReport } from './protocol.js';

const CONVERGE_MS = 30_000;
const PHASE_MS = 3000;

const argument = process.argv.indexOf('--messages');
const perNode = argument < 0 ? 100_000 : Number(process.argv[argument + 1]);
if (!Number.isSafeInteger(perNode) || perNode < 1) throw new RangeError('--messages: a number of at least 1');
const rounds = Math.max(1, Math.round(perNode / 40_000));

const violations: string[] = [];
const violation = (text: string): void => {
  violations.push(text);
  if (violations.length <= 20) print(`VIOLATION ${text}`);
};
const startedAt = Date.now();
const cluster = await Cluster.start(violation);
try {
  const phases = Array.from({ length: rounds }, () => faults).flat();
  for (const [index, fault] of phases.entries()) {
    const from = Math.floor((perNode * index) / phases.length);
    const to = Math.floor((perNode * (index + 1)) / phases.length);
    await runPhase(fault, to - from);
  }
  await settle('the end');
  await finish();
} catch (error) {
  violation(String(error));
} finally {
  await cluster.stop();
}
print(`${violations.length} violations in ${Math.round((Date.now() - startedAt) / 1000)} s`);
process.exit(violations.length > 0 ? 1 : 0);

/** All nodes publish; meanwhile the fault strikes. Then everything must be as if nothing had happened. */
async function runPhase(fault: Fault, count: number): Promise<void> {
  const begun = Date.now();
  const before = [...cluster.nodes];
  const published = before.map((node) => node.ask('published', { type: 'publish', count, durationMs: PHASE_MS }));
  for (const promise of published) promise.catch(() => undefined);
  await pause(Math.random() * (PHASE_MS / 2));
  await fault.strike(cluster);
  await Promise.all(before.map((node, index) => (node.isAlive ? published[index] : publishRest(node, count))));
  const convergedMs = await settle(fault.name);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  print(`${count} messages each in ${seconds} s, agreed ${convergedMs} ms later: ${fault.name}`);
}

/** A node was killed: the next life publishes what it had not said to have published. */
async function publishRest(dead: NodeProcess, count: number): Promise<void> {
  const node = cluster.nodes.find(({ eid }) => eid === dead.eid);
  await node?.ask('published', { type: 'publish', count, durationMs: PHASE_MS });
}

/** Waits until caches and aggregates are the same everywhere. */
async function settle(after: string): Promise<number> {
  const begun = Date.now();
  for (;;) {
    const views = await Promise.all(cluster.nodes.map(async (node) => (await node.ask('view', { type: 'view' })).view));
    if (new Set(views).size === 1 && JSON.parse(views[0] ?? '{}').peers.length === cluster.nodes.length)
      return Date.now() - begun;
    if (Date.now() - begun > CONVERGE_MS) {
      violation(
        `caches do not agree ${CONVERGE_MS} ms after ${after}: ${views.map((view) => view.slice(0, 2000)).join('\n')}`,
      );
      return CONVERGE_MS;
    }
    await pause(50);
  }
}

async function finish(): Promise<void> {
  const reports = await reportsOnceAllIsIn();
  for (const [index, node] of cluster.nodes.entries()) checkReceiver(node, reports[index] as NodeReport);
  await Promise.all(cluster.nodes.map((node) => node.ask('closed', { type: 'close' })));
}

/** What the nodes have to say when the last message of each has arrived at all, or has had long enough to. */
async function reportsOnceAllIsIn(): Promise<NodeReport[]> {
  for (const begun = Date.now(); ; await pause(50)) {
    const reports = await Promise.all(
      cluster.nodes.map(async (node) => (await node.ask('report', { type: 'report' })).report),
    );
    const isIn = cluster.nodes.every((receiver, index) =>
      lanesOf(receiver).every(({ eid, life, lane, published }) =>
        reports[index]?.received.some(
          (of) => of.eid === eid && of.life === life && of.lane === lane && of.last >= published,
        ),
      ),
    );
    if (isIn || Date.now() - begun > CONVERGE_MS) return reports;
  }
}

/** What there is to receive from the nodes that are alive. */
function lanesOf(receiver: NodeProcess): { eid: string; life: number; lane: string; published: number }[] {
  const senders = cluster.nodes.filter(({ eid }) => eid !== receiver.eid);
  return senders.flatMap(({ eid, life, progress }) =>
    progress.map(({ lane, published }) => ({ eid, life, lane, published })),
  );
}

/** Holds what a node received to what the others, in all their lives, have published. */
function checkReceiver(receiver: NodeProcess, report: NodeReport): void {
  let received = 0;
  for (const sender of [...cluster.dead, ...cluster.nodes]) {
    if (sender.eid === receiver.eid) continue;
    for (const { lane, published, confirmed } of sender.progress) {
      const got = report.received.find((of) => of.eid === sender.eid && of.life === sender.life && of.lane === lane);
      received += got?.count ?? 0;
      checkLane(receiver, sender, lane, got, sender.isAlive ? published : confirmed);
    }
  }
  const { duplicatesDropped, gaps, dropped, retries, snapshots, lost, maxOutbox } = report;
  const about = `${duplicatesDropped} came again and were dropped, ${gaps} gaps, ${dropped} given up, ${retries} retries`;
  print(
    `${receiver.eid}: received ${received}; ${about}, ${snapshots} snapshots, ${lost} times a peer was lost, outbox up to ${maxOutbox}`,
  );
}

function checkLane(
  receiver: NodeProcess,
  sender: NodeProcess,
  lane: string,
  got: NodeReport['received'][number] | undefined,
  needed: number,
): void {
  const what = `${receiver.eid} life ${receiver.life} of ${sender.eid} life ${sender.life}, lane ${lane}`;
  const wasThereBefore = receiver.life === 1;
  if (!wasThereBefore && !sender.isAlive) return;
  if (needed > 0 && (got?.last ?? 0) < needed) violation(`lost: ${what}: ${got?.last ?? 0} of ${needed}`);
  if (wasThereBefore && got !== undefined && got.first !== 1) violation(`lost: ${what}: begins with ${got.first}`);
  if (!sender.isAlive) {
    const published = sender.progress.find((progress) => progress.lane === lane)?.published ?? 0;
    const missing = Math.max(0, published - (got?.last ?? 0));
    print(
      `${what}: killed; ${needed} were confirmed, ${got?.last ?? 0} arrived, ${missing} of those it last spoke of died with it`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
