import type { Cluster } from './cluster.js';

/** Something that goes wrong while messages are on their way, and is over when the promise resolves. */
export interface Fault {
  readonly name: string;
  readonly strike: (cluster: Cluster) => Promise<void>;
}

/** All kinds of faults, in the order in which they come. */
export const faults: readonly Fault[] = [
  {
    name: 'the server is killed and started again',
    strike: async ({ server }: Cluster): Promise<void> => {
      await server.kill();
      await pause(between(200, 1500));
      await server.start();
    },
  },
  {
    name: 'one connection is cut, again and again',
    strike: async ({ proxies }: Cluster): Promise<void> => {
      for (let times = 0; times < 5; times++) {
        proxies[Math.floor(Math.random() * proxies.length)]?.cut();
        await pause(between(20, 500));
      }
    },
  },
  {
    name: 'the server is frozen and thawed',
    strike: async ({ server }: Cluster): Promise<void> => {
      server.freeze();
      await pause(between(1000, 4000));
      server.thaw();
    },
  },
  {
    name: 'a node is killed and started again under a new epoch',
    strike: async (cluster: Cluster): Promise<void> => {
      await cluster.restart(2);
    },
  },
  {
    name: 'a node is frozen for longer than the others wait, and thawed',
    strike: async ({ nodes }: Cluster): Promise<void> => {
      nodes[1]?.freeze();
      await pause(between(2500, 3500));
      nodes[1]?.thaw();
    },
  },
  {
    name: 'all connections are cut while the server is killed and started again',
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

function between(least: number, most: number): number {
  return least + Math.random() * (most - least);
}
