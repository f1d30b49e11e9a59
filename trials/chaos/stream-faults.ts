import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { between, pause } from './chance.js';
import type { Cluster } from './cluster.js';
import type { Fault } from './fault.js';
import { STREAM } from './protocol.js';

const TIMES = 3;

/** What goes wrong with the stream: what was in it is gone, and had not been read by everybody. */
export const streamFaults: readonly Fault[] = [
  {
    name: 'the stream is deleted, again and again, and made by those who have its settings',
    mayLose: false,
    mayMiss: true,
    strike: async (cluster: Cluster): Promise<string | undefined> => {
      await againAndAgain(cluster, ({ streams }) => streams.delete(STREAM.name));
      return undefined;
    },
  },
  {
    name: 'the stream is purged, again and again',
    mayLose: false,
    mayMiss: true,
    strike: async (cluster: Cluster): Promise<string | undefined> => {
      let purged = 0;
      await againAndAgain(cluster, async ({ streams }) => (purged += (await streams.purge(STREAM.name)).purged));
      return `${purged} frames were purged, of which most had been read`;
    },
  },
];

async function againAndAgain({ server }: Cluster, act: (manager: JetStreamManager) => Promise<unknown>): Promise<void> {
  const connection = await connect({ servers: server.url });
  const manager = await jetstreamManager(connection);
  for (let times = 0; times < TIMES; times++) {
    await untilItWorks(() => act(manager));
    await pause(between(100, 500));
  }
  await connection.close();
}

/** It may just have been deleted, and not be there again. */
async function untilItWorks(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await pause(50);
    }
  }
}
