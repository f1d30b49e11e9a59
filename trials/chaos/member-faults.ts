import { anyOf, between, pause } from './chance.js';
import type { Cluster } from './cluster.js';
import type { Fault } from './fault.js';

const HOUR_MS = 3_600_000;

/** What goes wrong with members. */
export const memberFaults: readonly Fault[] = [
  {
    name: 'a node is killed and started again under a new epoch',
    mayLose: true,
    mayMiss: false,
    strike: async (cluster: Cluster): Promise<string | undefined> => {
      await cluster.restart(anyOf(cluster.nodes));
      return undefined;
    },
  },
  {
    name: 'a node is frozen for longer than the others wait, and thawed',
    mayLose: true,
    mayMiss: false,
    strike: async ({ nodes, peerTimeoutMs }: Cluster): Promise<string | undefined> => {
      const node = nodes[anyOf(nodes)];
      node?.freeze();
      await pause(peerTimeoutMs * between(1.5, 2));
      node?.thaw();
      return undefined;
    },
  },
  {
    name: 'every third node is frozen for less than the others wait, and thawed',
    mayLose: false,
    mayMiss: false,
    strike: async ({ nodes, peerTimeoutMs }: Cluster): Promise<string | undefined> => {
      const frozen = nodes.filter((_, index) => index % 3 === 0);
      for (const node of frozen) node.freeze();
      await pause(peerTimeoutMs * between(0.1, 0.5));
      for (const node of frozen) node.thaw();
      return undefined;
    },
  },
  {
    name: "every third node's wall clock leaps an hour ahead, an hour back, and home again",
    mayLose: false,
    mayMiss: false,
    strike: async ({ nodes }: Cluster): Promise<string | undefined> => {
      const leaping = nodes.filter((_, index) => index % 3 === 0);
      for (const aheadMs of [HOUR_MS, -HOUR_MS, 0]) {
        for (const node of leaping) node.tell({ type: 'clock', aheadMs });
        await pause(between(300, 700));
      }
      return undefined;
    },
  },
];
