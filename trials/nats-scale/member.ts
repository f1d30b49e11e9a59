import { createBus, LOCAL_EID, messageType, subscribe } from '@stasis-rx/core';
import { bridge, type Bridge } from '@stasis-rx/nats';
import { connect } from '@nats-io/transport-node';

const Note = messageType<{ topic: string }>('note');

const DEADLINE_MS = 90_000;
const LOOK_EVERY_MS = 50;

/** One bus of the group, with all its topics bridged. */
export class Member {
  readonly #eid: string;
  readonly #connection: Awaited<ReturnType<typeof connect>>;
  readonly #names: readonly string[];
  readonly #bus: ReturnType<typeof createBus>;
  /** From whom something has come, on which topic. */
  readonly #arrived = new Set<string>();
  #count = 0;
  #link: Bridge | undefined;

  private constructor(eid: string, topics: number, connection: Awaited<ReturnType<typeof connect>>) {
    this.#eid = eid;
    this.#connection = connection;
    this.#bus = createBus({ eid });
    this.#names = Array.from({ length: topics }, (_, index) => `topic-${index + 1}`);
    for (const name of this.#ends) {
      subscribe(this.#bus.topic(name), ({ eid: from, data }) => this.#take(from, data.topic), { accept: [Note] });
    }
  }

  static async connect(url: string, eid: string, topics: number): Promise<Member> {
    return new Member(eid, topics, await connect({ servers: url, maxReconnectAttempts: -1, timeout: 30_000 }));
  }

  /** As a user would, with nothing but what has to be said. */
  async join(heartbeatMs: number): Promise<void> {
    const options = { heartbeatMs, topics: this.#names, types: [Note], stream: { name: 'SCALE' } };
    this.#link = bridge(this.#bus, this.#connection, options);
    await this.#link.ready;
  }

  async meet(members: number): Promise<void> {
    await this.#until(
      () => this.#link?.peers().length === members - 1,
      () => `sees ${this.#link?.peers().length} peers`,
    );
  }

  async cross(members: number): Promise<void> {
    for (const name of this.#ends) this.#bus.topic(name).publish(Note({ topic: name }));
    const wanted = (members - 1) * this.#ends.length;
    await this.#until(
      () => this.#arrived.size === wanted,
      () => `has ${this.#arrived.size} of ${wanted} messages`,
    );
    if (this.#count !== wanted) throw new Error(`${this.#eid} has ${this.#count} messages, ${wanted} were sent`);
  }

  /** The first and the last topic. */
  get #ends(): readonly string[] {
    return [this.#names[0] ?? '', this.#names.at(-1) ?? ''];
  }

  #take(from: string | null, topic: string): void {
    if (from === LOCAL_EID) return;
    this.#count++;
    this.#arrived.add(`${from} ${topic}`);
  }

  async #until(holds: () => boolean, state: () => string): Promise<void> {
    for (const begun = performance.now(); !holds();) {
      if (performance.now() - begun > DEADLINE_MS) throw new Error(`${this.#eid} ${state()} after ${DEADLINE_MS} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
