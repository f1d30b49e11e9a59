import { createBus, messageType, subscribe, type Bus } from '@stasis-rx/core';

const SUBSCRIPTIONS = 1;
const TICK_MS = 10;

const Counted = messageType<{ readonly n: number }>('number');

/** So many messages a second on one topic, and who checks that each of them comes once and in order. */
export class Load {
  readonly bus: Bus = createBus({ name: 'endurance' });
  published = 0;
  /** By subscription: how many it has handled. */
  readonly handled: number[] = [];
  /** Messages that came out of their order, or twice, or not. */
  violations = 0;
  readonly #rate: number;
  #isStopped = false;
  #running: Promise<void> | undefined;

  /** @param rate messages a second */
  constructor(rate: number) {
    this.#rate = rate;
    for (let index = 0; index < SUBSCRIPTIONS; index++) this.#subscribe(index);
  }

  get topic(): ReturnType<Bus['topic']> {
    return this.bus.topic('numbers');
  }

  /** Publishes until it is stopped; waits where the bus asks for it, and makes up for that afterwards. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends it, and waits until everything has been handled. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    await this.bus.settled();
    for (const count of this.handled) if (count !== this.published) this.violations++;
  }

  async #run(): Promise<void> {
    const begun = performance.now();
    while (!this.#isStopped) {
      const due = Math.floor(((performance.now() - begun) / 1000) * this.#rate);
      let hasRoom = true;
      while (this.published < due && hasRoom) hasRoom = this.topic.publish(Counted({ n: ++this.published }));
      if (!hasRoom) await this.topic.drained();
      await new Promise((resolve) => (hasRoom ? setTimeout(resolve, TICK_MS) : setImmediate(resolve)));
    }
  }

  #subscribe(index: number): void {
    this.handled.push(0);
    subscribe(
      this.topic,
      ({ data: { n } }) => {
        const count = (this.handled[index] ?? 0) + 1;
        if (n !== count) this.violations++;
        this.handled[index] = count;
      },
      { accept: [Counted], name: `checker ${index + 1}` },
    );
  }
}
