import type { Contender, Item, MakeContender } from './contender.js';

const DEADLINE_MS = 60_000;
/** Items that are published in one go. */
const BURST = 250;
const LATENCY_EVERY_MS = 2;

/** A contender that is being measured, and what it is held to: every item once, in the order of publishing. */
export class Course {
  readonly #contender: Contender;
  readonly #arrivals: Arrivals;
  #n = 0;

  private constructor(contender: Contender, arrivals: Arrivals) {
    this.#contender = contender;
    this.#arrivals = arrivals;
  }

  static async prepare(make: MakeContender, servers: string): Promise<Course> {
    const arrivals = new Arrivals();
    return new Course(await make(servers, (item) => arrivals.take(item)), arrivals);
  }

  get name(): string {
    return this.#contender.name;
  }

  /** Publishes as fast as it may. Returns how many arrive in a second, from the first publication to the last arrival. */
  async rate(count: number): Promise<number> {
    const begun = performance.now();
    for (let done = 0; done < count;) {
      for (let burst = 0; burst < BURST && done < count; burst++, done++) this.#publish();
      await this.#contender.room();
      await nextTask();
    }
    await this.#arrivals.reach(this.#n);
    return (count * 1000) / (performance.now() - begun);
  }

  /** Publishes one item at a time, with pauses. Returns how long each took to be handled, in milliseconds, sorted. */
  async latencies(count: number): Promise<number[]> {
    this.#arrivals.latencies = [];
    for (let done = 0; done < count; done++) {
      this.#publish();
      await new Promise((resolve) => setTimeout(resolve, LATENCY_EVERY_MS));
    }
    await this.#arrivals.reach(this.#n);
    return this.#arrivals.latencies.sort((one, other) => one - other);
  }

  close(): Promise<void> {
    return this.#contender.close();
  }

  #publish(): void {
    const n = ++this.#n;
    this.#contender.publish({ id: `call-${n % 1000}`, n, state: 'answered', at: performance.now() });
  }
}

class Arrivals {
  latencies: number[] = [];
  #last = 0;
  #wanted = Infinity;
  #resolve: (() => void) | undefined;
  #error: Error | undefined;

  take({ n, at }: Item): void {
    if (n !== this.#last + 1) this.#error ??= new Error(`${n} arrived after ${this.#last}`);
    this.#last = n;
    this.latencies.push(performance.now() - at);
    if (n >= this.#wanted || this.#error !== undefined) this.#resolve?.();
  }

  /** Resolves when this item has arrived, and all before it in their order. */
  async reach(n: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.#wanted = n;
      this.#resolve = resolve;
      if (this.#last >= n || this.#error !== undefined) resolve();
      timer = setTimeout(() => reject(new Error(`${this.#last} of ${n} arrived`)), DEADLINE_MS);
    });
    clearTimeout(timer);
    if (this.#error !== undefined) throw this.#error;
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
