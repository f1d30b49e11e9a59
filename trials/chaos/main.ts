// `npm run chaos`: three processes publish to each other over a real server, while everything breaks that can. Fails when
// a message is lost, comes twice or out of order, or caches and aggregates do not agree after a fault.
import { Cluster } from './cluster.js';
import { faults, pause, type Fault } from './faults.js';
import { judge } from './judge.js';
import type { NodeProcess } from './node-process.js';

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
  print(`3 processes, ${perNode} messages each, ${phases.length} faults`);
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
  const published = before.map((node) => node.ask('published', { type: 'publish', count, durationMs: PHASE_MS }));
  for (const promise of published) promise.catch(() => undefined);
  await pause(Math.random() * (PHASE_MS / 2));
  await fault.strike(cluster);
  await Promise.all(before.map(async (node, index) => (node.isAlive ? published[index] : publishRest(node, count))));
  const convergedMs = await settle(fault.name);
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  print(`${count} messages each in ${seconds} s, agreed ${convergedMs} ms later: ${fault.name}`);
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
      const texts = views.map((text) => text.slice(0, 2000)).join('\n');
      violation(`caches do not agree ${CONVERGE_MS} ms after ${after}: ${texts}`);
      return CONVERGE_MS;
    }
    await pause(50);
  }
}

function peersIn(view: string): number {
  return (JSON.parse(view) as { readonly peers: readonly string[] }).peers.length;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
