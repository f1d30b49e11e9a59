// `npm run chaos`: twelve processes publish to each other over a real server, while everything breaks that can. Fails when a
// message is lost, comes twice or out of order, when caches and aggregates do not agree after a fault, or when a member is
// taken for lost because of one that it survives. `--members` and `--messages` (of each member) say how many.
import { Cluster } from './cluster.js';
import { faults, pause, type Fault } from './faults.js';
import { judge } from './judge.js';
import type { NodeProcess } from './node-process.js';

const CONVERGE_MS = 30_000;
const PHASE_MS = 3000;

const members = option('--members', 12, 2);
const perNode = option('--messages', 10_000, 1);
/** A fault needs a few thousand messages around it, wherever they come from. */
const rounds = Math.max(1, Math.round((perNode * members) / 120_000));

const violations: string[] = [];
const violation = (text: string): void => {
  violations.push(text);
  if (violations.length <= 20) print(`VIOLATION ${text}`);
};
const startedAt = Date.now();
const cluster = await Cluster.start(members, violation);
try {
  const phases = Array.from({ length: rounds }, () => faults).flat();
  print(`${members} processes, ${perNode} messages each, ${phases.length} faults`);
  for (const [index, fault] of phases.entries()) {
    const from = Math.floor((perNode * index) / phases.length);
    const to = Math.floor((perNode * (index + 1)) / phases.length);
    await runPhase(fault, to - from);
  }
  await settle('the end');
  await judge(cluster, violation, print);
  await Promise.all(cluster.nodes.map((node) => node.ask('closed', { type: 'close' })));
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
  const lost = await lostSight();
  const published = before.map((node) => node.ask('published', { type: 'publish', count, durationMs: PHASE_MS }));
  for (const promise of published) promise.catch(() => undefined);
  await pause(Math.random() * (PHASE_MS / 2));
  await fault.strike(cluster);
  await Promise.all(before.map(async (node, index) => (node.isAlive ? published[index] : publishRest(node, count))));
  const convergedMs = await settle(fault.name);
  const lostNow = await lostSight();
  if (!fault.mayLose && lostNow > lost) violation(`${lostNow - lost} times a member was taken for lost: ${fault.name}`);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  print(`${count} messages each in ${seconds} s, agreed ${convergedMs} ms later: ${fault.name}`);
}

/** How often the members of now have taken another one for lost. */
async function lostSight(): Promise<number> {
  const reports = await Promise.all(cluster.nodes.map((node) => node.ask('report', { type: 'report' })));
  return reports.reduce((sum, { report }) => sum + report.lost, 0);
}

/** A node was killed: its next life publishes as many. */
async function publishRest(dead: NodeProcess, count: number): Promise<void> {
  const node = cluster.nodes.find(({ eid }) => eid === dead.eid);
  await node?.ask('published', { type: 'publish', count, durationMs: PHASE_MS });
}

/** Waits until caches and aggregates are the same everywhere. Returns how long that took. */
async function settle(after: string): Promise<number> {
  const begun = Date.now();
  for (;;) {
    const views = await Promise.all(cluster.nodes.map(async (node) => (await node.ask('view', { type: 'view' })).view));
    const [view = ''] = views;
    if (peersIn(view) === cluster.nodes.length && new Set(views).size === 1) return Date.now() - begun;
    if (Date.now() - begun > CONVERGE_MS) {
      const texts = views.map((text) => text.slice(0, 300)).join('\n');
      violation(`caches do not agree ${CONVERGE_MS} ms after ${after}: ${texts}`);
      return CONVERGE_MS;
    }
    await pause(50);
  }
}

function peersIn(view: string): number {
  return (JSON.parse(view) as { readonly peers: readonly string[] }).peers.length;
}

function option(name: string, otherwise: number, least: number): number {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`${name}: a number of at least ${least}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
