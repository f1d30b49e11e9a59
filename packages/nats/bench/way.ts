// One way, in a process of its own: what another way makes the compiler assume would slow it down. Sends what it has measured.
import { bareJetStream, batchedJetStream } from './bare-jetstream.js';
import { bridged, bridgedWithoutStream } from './bridged.js';
import type { MakeContender } from './contender.js';
import { Course } from './measure.js';

/** The ways, by what they are called on the command line. */
const WAYS: Readonly<Record<string, MakeContender>> = {
  bare: bareJetStream,
  batched: batchedJetStream,
  bridge: bridged,
  core: bridgedWithoutStream,
};

/** What is done first, so that everything is compiled, and what then counts. */
const WARM_UP_ROUNDS = 2;
const LATENCIES = 1000;

/** What one way has measured. */
export interface Measured {
  readonly name: string;
  /** Messages a second, in each round. */
  readonly rates: readonly number[];
  /** Of lone messages, in milliseconds, sorted. */
  readonly latencies: readonly number[];
}

const [way = '', server = '', messages, rounds] = process.argv.slice(2);
const make = WAYS[way];
if (make === undefined) throw new Error(`there is no way ${way}`);
const course = await Course.prepare(make, server);
const rates: number[] = [];
for (let round = -WARM_UP_ROUNDS; round < Number(rounds); round++) {
  const rate = await course.rate(Number(messages));
  if (round >= 0) rates.push(rate);
}
const measured: Measured = { name: course.name, rates, latencies: await course.latencies(LATENCIES) };
await course.close();
process.send?.(measured);
process.disconnect();
