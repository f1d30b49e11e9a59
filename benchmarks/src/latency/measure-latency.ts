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
  /** While half as many are published as can be at most; from when each was due. */
  readonly loaded: Percentiles;
  /** So many that is, in a second. */
  readonly rate: number;
}

/** How long the fastest pace is looked for, and its half tried, against how long that is measured. */
const SEARCH = 0.5;
const BURST = 500;
/** Messages that latencies are kept of. */
const MOST = 4_000_000;

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
  const publishTimed = (at = performance.now()): void => {
    handler.published(at);
    publish();
  };
  for (let count = 0; count < lone; count++) await publishLone(handler, publishTimed); // so that it is compiled
  handler.forget();
  for (let count = 0; count < lone; count++) await publishLone(handler, publishTimed);
  const ofLone = percentilesOf(handler.latencies);
  const rate = (await fastest(handler, publishTimed, loadedMs * SEARCH)) / 2;
  await publishAtRate(handler, publishTimed, rate, loadedMs * SEARCH);
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

/** In each task as many as are due. Latencies count from then: whoever holds others up has not published them either. */
async function publishAtRate(
  handler: Handler,
  publish: (at: number) => void,
  rate: number,
  milliseconds: number,
): Promise<void> {
  const begun = performance.now();
  for (let published = 0, now = begun; now - begun < milliseconds; now = performance.now()) {
    const due = ((now - begun) * rate) / 1000;
    for (; published < due; published++) publish(begun + (published * 1000) / rate);
    await nextTask();
  }
  await handler.all();
}

/** Knows when each message was published and handled: they are handled in that order. */
class Handler {
  // With room from the start: to make more of it takes milliseconds.
  readonly #publishedAt = new Float64Array(MOST);
  readonly #latencies = new Float64Array(MOST);
  #published = 0;
  #handled = 0;
  #resolve: (() => void) | undefined;

  /** @param at from when on its latency counts, in milliseconds */
  published(at: number): void {
    this.#publishedAt[this.#published++] = at;
  }

  handled(): void {
    if (this.#handled === this.#published) throw new Error('a message was handled that was not published');
    const at = this.#handled++;
    this.#latencies[at] = performance.now() - (this.#publishedAt[at] ?? Number.NaN);
    if (this.#hasAll) this.#resolve?.();
  }

  /** Of those that have been handled, in milliseconds. @throws Error when there was no room for all */
  get latencies(): Float64Array {
    if (this.#handled > MOST) throw new Error(`more than ${MOST} messages were handled`);
    return this.#latencies.slice(0, this.#handled);
  }

  get #hasAll(): boolean {
    return this.#handled === this.#published;
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
    this.#published = this.#handled = 0;
  }
}

function percentilesOf(latenciesMs: Float64Array): Percentiles {
  const sorted = latenciesMs.sort();
  const at = (portion: number): number => (sorted[Math.floor(sorted.length * portion)] ?? Number.NaN) * 1000;
  return { median: at(0.5), p99: at(0.99), p999: at(0.999) };
}
