import { nextTask } from '../harness/next-task.js';
import type { Courier } from './courier.js';

/** How many messages are measured, and how long. */
export interface LatencyPace {
  /** Lone messages. */
  readonly lone: number;
  /** Milliseconds under load. */
  readonly loadedMs: number;
}

/** Latencies in short: microseconds from before the publish to the handler. */
export interface Percentiles {
  readonly median: number;
  readonly p99: number;
  readonly p999: number;
}

/** What was measured of a courier. */
export interface Latency {
  readonly name: string;
  /** One message at a time: each is handled, and a task has passed, before the next one is published. */
  readonly lone: Percentiles;
  /** While half as many are published as can be at most. */
  readonly loaded: Percentiles;
  /** So many that is, in a second. */
  readonly rate: number;
}

/** How long the fastest pace is looked for, against how long it is then halved. */
const SEARCH = 0.5;
const BURST = 500;

/**
 * Measures one courier.
 *
 * @throws Error when a message is not handled
 */
export async function measureLatency({ name, make }: Courier, { lone, loadedMs }: LatencyPace): Promise<Latency> {
  const handler = new Handler();
  const publish = await make(() => {
    handler.handled();
  });
  const publishTimed = (): void => {
    handler.published();
    publish();
  };
  for (let count = 0; count < lone; count++) await publishLone(handler, publishTimed); // so that it is compiled
  handler.forget();
  for (let count = 0; count < lone; count++) await publishLone(handler, publishTimed);
  const ofLone = percentilesOf(handler.latencies);
  const rate = (await fastest(handler, publishTimed, loadedMs * SEARCH)) / 2;
  handler.forget();
  await publishAtRate(handler, publishTimed, rate, loadedMs);
  return { name, lone: ofLone, loaded: percentilesOf(handler.latencies), rate };
}

async function publishLone(handler: Handler, publish: () => void): Promise<void> {
  publish();
  await handler.all();
  await nextTask();
}

/** Messages a second, in bursts. */
async function fastest(handler: Handler, publish: () => void, milliseconds: number): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < milliseconds) {
    for (let burst = 0; burst < BURST; burst++, count++) publish();
    await handler.all();
    handler.forget();
  }
  return (count * 1000) / (performance.now() - begun);
}

/** In each task as many as are due. */
async function publishAtRate(handler: Handler, publish: () => void, rate: number, milliseconds: number): Promise<void> {
  const begun = performance.now();
  for (let published = 0, now = begun; now - begun < milliseconds; now = performance.now()) {
    const due = ((now - begun) * rate) / 1000;
    for (; published < due; published++) publish();
    await nextTask();
  }
  await handler.all();
}

/** Knows when each message was published and handled: they are handled in that order. */
class Handler {
  latencies: number[] = [];
  #publishedAt: number[] = [];
  #resolve: (() => void) | undefined;

  published(): void {
    this.#publishedAt.push(performance.now());
  }

  handled(): void {
    const publishedAt = this.#publishedAt[this.latencies.length];
    if (publishedAt === undefined) throw new Error('a message was handled that was not published');
    this.latencies.push(performance.now() - publishedAt);
    if (this.#hasAll) this.#resolve?.();
  }

  get #hasAll(): boolean {
    return this.latencies.length === this.#publishedAt.length;
  }

  /** Resolves when everything published has been handled. */
  async all(): Promise<void> {
    if (this.#hasAll) return;
    await new Promise<void>((resolve) => {
      this.#resolve = resolve;
    });
    this.#resolve = undefined;
  }

  forget(): void {
    this.latencies = [];
    this.#publishedAt = [];
  }
}

function percentilesOf(latenciesMs: readonly number[]): Percentiles {
  const sorted = Float64Array.from(latenciesMs).sort();
  const at = (portion: number): number => (sorted[Math.floor(sorted.length * portion)] ?? Number.NaN) * 1000;
  return { median: at(0.5), p99: at(0.99), p999: at(0.999) };
}
