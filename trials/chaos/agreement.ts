import { pause } from './chance.js';
import type { Cluster } from './cluster.js';
import type { View } from './protocol.js';

/** Of those that do not agree, so many are shown. */
const MOST_SHOWN = 3;

/** Waits until caches and aggregates are the same everywhere. Returns how long that took, in milliseconds. */
export async function settle(cluster: Cluster, after: string): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const views = await Promise.all(cluster.nodes.map(async (node) => (await node.ask('view', { type: 'view' })).view));
    const tookMs = Math.round(performance.now() - begun);
    const all = cluster.nodes.length;
    if (views.every(({ members, digest }) => members === all && digest === views[0]?.digest)) return tookMs;
    if (tookMs > cluster.patienceMs) {
      cluster.violation(`caches do not agree ${tookMs} ms after: ${after}`);
      for (const text of differing(views)) cluster.violation(text);
      return tookMs;
    }
    await pause(cluster.lookEveryMs);
  }
}

/** Some of them, with how many nodes have each. */
function differing(views: readonly View[]): string[] {
  const counts = new Map<string, number>();
  for (const { digest } of views) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  return [...counts].slice(0, MOST_SHOWN).map(([digest, count]) => {
    const { members, text } = views.find((view) => view.digest === digest) as View;
    return `${count} nodes see ${members} members: ${text}`;
  });
}
