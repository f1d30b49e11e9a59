import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { startNatsServer, type NatsServer } from '../../packages/nats/test/support/nats-server.js';
import { pause } from './chance.js';
import { makeProgram, type Program } from '../processes/program.js';
import { NodeProcess } from './node-process.js';
import { BEATS_UNTIL_LOST, STREAM } from './protocol.js';
import { startProxy, type Proxy } from './proxy.js';

/** A server, its members, and a proxy before each. */
export class Cluster {
  readonly server: NatsServer;
  readonly proxies: readonly Proxy[];
  readonly nodes: NodeProcess[] = [];
  /** The former lives of nodes that were killed. */
  readonly dead: NodeProcess[] = [];
  /** Each beat reaches each member: no more than a thousand of them are to arrive in a second, all members together. */
  readonly heartbeatMs: number;
  /** How long they wait for an answer of the server, which shares the machine with all of them. */
  readonly timeoutMs: number;
  /** Over how long they publish, in each phase. */
  readonly phaseMs: number;
  /** How often to look whether all is as it should be: each look asks all of them. */
  readonly lookEveryMs: number;
  /** How long to wait for what must come in the end. */
  readonly patienceMs: number;
  readonly violation: (text: string) => void;
  readonly #program: Program = makeProgram(new URL('node.ts', import.meta.url));

  private constructor(server: NatsServer, proxies: readonly Proxy[], violation: (text: string) => void) {
    this.server = server;
    this.proxies = proxies;
    this.heartbeatMs = Math.max(250, proxies.length ** 2);
    this.phaseMs = Math.max(2000, proxies.length * 100);
    this.timeoutMs = Math.max(2000, proxies.length * 100);
    this.lookEveryMs = Math.max(50, proxies.length * 20);
    this.patienceMs = Math.max(30_000, proxies.length * 1500);
    this.violation = violation;
  }

  /** How long the nodes wait for one that is silent. */
  get peerTimeoutMs(): number {
    return this.heartbeatMs * BEATS_UNTIL_LOST;
  }

  /** Everyone who has ever published. */
  get allLives(): readonly NodeProcess[] {
    return [...this.dead, ...this.nodes];
  }

  /** Starts everything; all nodes are ready. */
  static async start(members: number, violation: (text: string) => void): Promise<Cluster> {
    const server = await startNatsServer();
    await createStream(server.url);
    const proxies = await Promise.all(Array.from({ length: members }, () => startProxy(server.port)));
    const cluster = new Cluster(server, proxies, violation);
    for (const index of proxies.keys()) cluster.nodes.push(cluster.#begin(index, 1));
    await Promise.all(cluster.nodes.map((node) => node.ready));
    return cluster;
  }

  /** Kills a node and starts it again. Resolves when it is ready. */
  async restart(index: number): Promise<void> {
    const old = this.nodes[index] as NodeProcess;
    await old.kill();
    this.dead.push(old);
    const node = this.#begin(index, old.life + 1);
    this.nodes[index] = node;
    await node.ready;
  }

  /** The one that follows a node which was killed, once it is ready. */
  async nextLife({ name, eid, life }: NodeProcess): Promise<NodeProcess> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const next = this.nodes.find((node) => node.eid === eid && node.life > life);
      if (next !== undefined) return next.ready.then(() => next);
      await pause(25);
    }
    throw new Error(`nothing follows ${name}`);
  }

  /** Ends everything, however it stands. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    for (const proxy of this.proxies) proxy.close();
    await this.server.stop();
    this.#program.remove();
  }

  /** Every other node could make the stream anew. */
  #begin(index: number, life: number): NodeProcess {
    const { url = '' } = this.proxies[index] ?? {};
    const [eid, makesStream, { heartbeatMs, timeoutMs }] = [`node-${index + 1}`, index % 2 === 0, this];
    return new NodeProcess(this.#program.path, { eid, life, url, heartbeatMs, timeoutMs, makesStream }, this.violation);
  }
}

async function createStream(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: STREAM.name, subjects: ['stasis.data.>'], max_bytes: STREAM.maxBytes });
  await connection.close();
}
