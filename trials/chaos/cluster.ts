import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { startNatsServer, type NatsServer } from '../../packages/nats/test/support/nats-server.js';
import { NodeProcess } from './node-process.js';
import { BEATS_UNTIL_LOST } from './protocol.js';
import { startProxy, type Proxy } from './proxy.js';

/** A server, its members, and a proxy before each. */
export class Cluster {
  readonly server: NatsServer;
  readonly proxies: readonly Proxy[];
  readonly nodes: NodeProcess[] = [];
  /** The former lives of nodes that were killed. */
  readonly dead: NodeProcess[] = [];
  /** Each beat reaches each member: in large groups a small machine would do nothing else. */
  readonly heartbeatMs: number;
  readonly #violation: (text: string) => void;

  private constructor(server: NatsServer, proxies: readonly Proxy[], violation: (text: string) => void) {
    this.server = server;
    this.proxies = proxies;
    this.heartbeatMs = Math.max(250, proxies.length * 20);
    this.#violation = violation;
  }

  /** How long the nodes wait for one that is silent. */
  get peerTimeoutMs(): number {
    return this.heartbeatMs * BEATS_UNTIL_LOST;
  }

  /** Starts everything; all nodes are ready. */
  static async start(members: number, violation: (text: string) => void): Promise<Cluster> {
    const server = await startNatsServer();
    await createStream(server.url);
    const proxies = await Promise.all(Array.from({ length: members }, () => startProxy(server.port)));
    const cluster = new Cluster(server, proxies, violation);
    for (const [index, { url }] of proxies.entries()) {
      cluster.nodes.push(new NodeProcess(`node-${index + 1}`, 1, url, cluster.heartbeatMs, violation));
    }
    await Promise.all(cluster.nodes.map((node) => node.ask('ready')));
    return cluster;
  }

  /** Kills a node and starts it again. Resolves when it is ready. */
  async restart(index: number): Promise<void> {
    const old = this.nodes[index] as NodeProcess;
    await old.kill();
    this.dead.push(old);
    const { url = '' } = this.proxies[index] ?? {};
    const node = new NodeProcess(old.eid, old.life + 1, url, this.heartbeatMs, this.#violation);
    this.nodes[index] = node;
    await node.ask('ready');
  }

  /** Ends everything, however it stands. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    for (const proxy of this.proxies) proxy.close();
    await this.server.stop();
  }
}

/** Large enough for the whole run: what it no longer kept would be a gap, and no fault of the bridge. */
async function createStream(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'CHAOS', subjects: ['stasis.data.>'], max_bytes: 2_000_000_000 });
  await connection.close();
}
