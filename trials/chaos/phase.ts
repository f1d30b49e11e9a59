import { settle } from './agreement.js';
import { pause } from './chance.js';
import type { Cluster } from './cluster.js';
import { waitUntilCovered } from './coverage.js';
import type { Fault } from './fault.js';
import type { NodeProcess } from './node-process.js';

/**
 * All nodes publish; meanwhile the fault strikes. Then everything must be as if nothing had happened: what may be gone after
 * it must have been told of, and nothing else may.
 */
export async function runPhase(cluster: Cluster, fault: Fault, count: number): Promise<string> {
  const begun = performance.now();
  const before = await figuresOf(cluster);
  const published = publishAll(cluster, count);
  published.catch(() => undefined);
  await pause(Math.random() * (cluster.phaseMs / 2));
  const remark = await fault.strike(cluster, published);
  await published;
  const agreedMs = await settle(cluster, fault.name);
  for (const text of await waitUntilCovered(cluster, cluster.nodes, cluster.patienceMs)) cluster.violation(text);
  const after = await figuresOf(cluster);
  const [lost, missed] = [grown(before, after, 'lost'), grown(before, after, 'missed')];
  const doubles = grown(before, after, 'duplicateEids');
  if (!fault.mayLose && lost > 0) cluster.violation(`${lost} times a member was taken for lost: ${fault.name}`);
  if (!fault.mayMiss && missed > 0) cluster.violation(`${missed} messages were told to be gone: ${fault.name}`);
  // Those who are behind may hear of the next life before they have read the last words of the former one.
  if (!fault.mayLose && doubles > 0) {
    cluster.violation(`${doubles} times a member seemed to be there twice: ${fault.name}`);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const told = fault.mayMiss ? `, ${missed} told to be gone` : '';
  const more = remark === undefined ? '' : ` (${remark})`;
  return `${count} messages each in ${seconds} s, agreed ${agreedMs} ms later${told}: ${fault.name}${more}`;
}

interface Figures {
  readonly lost: number;
  readonly missed: number;
  readonly duplicateEids: number;
}

async function figuresOf({ nodes }: Cluster): Promise<Map<NodeProcess, Figures>> {
  const reports = await Promise.all(nodes.map((node) => node.report()));
  return new Map(nodes.map((node, index) => [node, reports[index] as Figures]));
}

/** By how much it has grown, of those that are there now. */
function grown(
  before: ReadonlyMap<NodeProcess, Figures>,
  after: ReadonlyMap<NodeProcess, Figures>,
  figure: keyof Figures,
): number {
  return [...after].reduce((sum, [node, figures]) => sum + figures[figure] - (before.get(node)?.[figure] ?? 0), 0);
}

/** Resolves when all of it is confirmed. Of one that was killed, the next life publishes as many. */
async function publishAll(cluster: Cluster, count: number): Promise<void> {
  const publish = { type: 'publish', count, durationMs: cluster.phaseMs } as const;
  await Promise.all(
    cluster.nodes.map(async (node) => {
      await Promise.race([node.ask('published', publish), node.gone]);
      if (!node.isAlive) await (await cluster.nextLife(node)).ask('published', publish);
    }),
  );
}
