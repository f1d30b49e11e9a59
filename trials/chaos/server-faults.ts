import { anyOf, between, pause } from './chance.js';
import type { Cluster } from './cluster.js';
import type { Fault } from './fault.js';

const harmless = { mayLose: false, mayMiss: false } as const;

/** What goes wrong with the server, and on the way to it. */
export const serverFaults: readonly Fault[] = [
  {
    name: 'the server is killed and started again',
    ...harmless,
    strike: async ({ server }: Cluster): Promise<string | undefined> => {
      await server.kill();
      await pause(between(200, 1500));
      await server.start();
      return undefined;
    },
  },
  {
    name: 'one connection is cut, again and again',
    ...harmless,
    strike: async ({ proxies }: Cluster): Promise<string | undefined> => {
      for (let times = 0; times < 5; times++) {
        proxies[anyOf(proxies)]?.cut();
        await pause(between(20, 400));
      }
      return undefined;
    },
  },
  {
    name: 'the server is frozen and thawed',
    ...harmless,
    strike: async ({ server }: Cluster): Promise<string | undefined> => {
      server.freeze();
      await pause(between(1000, 3000));
      server.thaw();
      return undefined;
    },
  },
  {
    name: 'all connections are cut while the server is killed and started again',
    ...harmless,
    strike: async ({ server, proxies }: Cluster): Promise<string | undefined> => {
      for (const proxy of proxies) proxy.cut();
      await server.kill();
      await pause(between(50, 300));
      await server.start();
      for (const proxy of proxies) proxy.cut();
      return undefined;
    },
  },
];
