import type { Cluster } from './cluster.js';

/** Something that goes wrong while messages are on their way, and is over when the promise resolves. */
export interface Fault {
  readonly name: string;
  /** Whether a member may be taken for lost because of it. */
  readonly mayLose: boolean;
  readonly strike: (cluster: Cluster) => Promise<void>;
}

/** All kinds of faults, in the order in which they come. */
export const faults: readonly Fault[] = [
  {
    name: 'the server is killed and started again',
    mayLose: false,
    strike: async ({ server }: Cluster): Promise<void> => {
      await server.kill();
      await pause(between(200, 1500));
      await server.start();
    },
  },
  {
    name: 'one connection is cut, again and again',
    mayLose: false,
    strike: async ({ proxies }: Cluster): Promise<void> => {
      for (let times = 0; times < 5; times++) {
        proxies[anyOf(proxies)]?.cut();
        await pause(between(20, 500));
      }
    },
  },
  {
    name: 'the server is frozen and thawed',
    mayLose: false,
    strike: async ({ server }: Cluster): Promise<void> => {
      server.freeze();
      await pause(between(1000, 4000));
      server.thaw();
    },
  },
  {
    name: 'a node is killed and started again under a new epoch',
    mayLose: true,
    strike: async (cluster: Cluster): Promise<void> => {
      await cluster.restart(anyOf(cluster.nodes));
    },
  },
  {
    name: 'a node is frozen for longer than the others wait, and thawed',
    mayLose: true,
    strike: async ({ nodes, peerTimeoutMs }: Cluster): Promise<void> => {
      const node = nodes[anyOf(nodes)];
      node?.freeze();
      await pause(peerTimeoutMs * between(1.5, 2));
      node?.thaw();
    },
  },
  {
    name: 'every third node is frozen for less than the others wait, and thawed',
    mayLose: false,
    strike: async ({ nodes, peerTimeoutMs }: Cluster): Promise<void> => {
      const frozen = nodes.filter((_, index) => index % 3 === 0);
      for (const node of frozen) node.freeze();
      await pause(peerTimeoutMs * between(0.1, 0.5));
      for (const node of frozen) node.thaw();
    },
  },
  {
    name: 'all connections are cut while the server is killed and started again',
    mayLose: false,
    strike: async ({ server, proxies }: Cluster): Promise<void> => {
      for (const proxy of proxies) proxy.cut();
      await server.kill();
      await pause(between(50, 300));
      await server.start();
      for (const proxy of proxies) proxy.cut();
    },
  },
];

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The index of any one of them. */
function anyOf(list: readonly unknown[]): number {
  return Math.floor(Math.random() * list.length);
}

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}
