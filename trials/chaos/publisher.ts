import type { Bridge, BridgeStatistics } from '@stasis-rx/nats';
import { CacheClear } from '@stasis-rx/core';
import { Note, Snapshot, type NodeBus } from './node-bus.js';
import type { LaneProgress } from './protocol.js';

const IDS = 40;
const BURST_EVERY_MS = 20;

const lanes = ['calls', 'queues'] as const;

/** Publishes notes with numbers, and snapshots among them, and knows how far it is. */
export class Publisher {
  readonly #node: NodeBus;
  readonly #link: Bridge;
  readonly #life: number;
  readonly #published = { calls: 0, queues: 0 };
  /** How many records are in each lane. */
  readonly #places = { calls: 0, queues: 0 };

  constructor(node: NodeBus, link: Bridge, life: number) {
    this.#node = node;
    this.#link = link;
    this.#life = life;
  }

  /** @param topics as the bridge has them: each time it is asked for its figures, it asks the server */
  progress(topics: BridgeStatistics['topics'] = this.#link.statistics().topics): LaneProgress[] {
    return lanes.map((lane) => {
      const { waiting = 0, queued = 0 } = topics.find(({ topic }) => topic === lane) ?? {};
      const published = this.#published[lane];
      return { lane, published, confirmed: Math.max(0, published - waiting), place: queued };
    });
  }

  /** Resolves when all is confirmed. */
  async publish(count: number, durationMs: number, tell: (progress: LaneProgress[]) => void): Promise<void> {
    const size = Math.ceil((count * BURST_EVERY_MS) / durationMs);
    for (let done = 0; done < count;) {
      const progress = this.progress();
      tell(progress);
      // Marks may have come into the lanes since the last burst; within one, nothing does that is not published here.
      for (const [index, lane] of lanes.entries()) this.#places[lane] = progress[index]?.place ?? 0;
      for (let burst = 0; burst < size && done < count; burst++) this.#publishOne(done++);
      await new Promise((resolve) => setTimeout(resolve, 2 * BURST_EVERY_MS * Math.random()));
      await this.#link.drained();
    }
    await this.#link.flushed();
  }

  #publishOne(index: number): void {
    const lane = index % 2 === 0 ? 'calls' : 'queues';
    const n = ++this.#published[lane];
    const note = Note({ life: this.#life, lane, n, place: ++this.#places[lane] });
    if (lane === 'queues') this.#node.pool.topic(`${n % 5}`).publish(note);
    else this.#node.calls.publish(note);
    if (index % 10 === 0) this.#changeState(n);
  }

  /** Sets the state of one of some ids, or takes it away. */
  #changeState(n: number): void {
    const { calls, cache } = this.#node;
    const id = `${Math.floor(Math.random() * IDS)}`;
    const old = cache.get(Snapshot, id);
    this.#places.calls++;
    if (old !== undefined && Math.random() < 0.1) calls.publish(CacheClear(old));
    else calls.publish(Snapshot({ id, life: this.#life, n }));
  }
}
