// `npm run bench:nats`: a bridge against a bare JetStream publisher and consumer, over loopback, in the same run. With
// `--check` it ends with 1 when the bridge has less than 0.4 of the rate of what is batched by hand. What does not arrive in order
// ends it in any case.
import { parseArgs } from 'node:util';
import { startNatsServer } from '../test/support/nats-server.js';
import { bareJetStream, batchedJetStream } from './bare-jetstream.js';
import { bridged } from './bridged.js';
import { Course } from './measure.js';

/** Against what is batched by hand. */
const FLOOR = 0.4;
/** A message each is so slow that a share of them says as much. */
const SHARE = 0.2;

const { check, messages, rounds } = readOptions();
const server = await startNatsServer();
const courses: Course[] = [];
try {
  for (const make of [bareJetStream, batchedJetStream, bridged]) courses.push(await Course.prepare(make, server.url));
  const [bare, batched, bridge] = courses as [Course, Course, Course];
  const countOf = (course: Course): number => (course === bare ? Math.ceil(messages * SHARE) : messages);
  for (const course of courses) await course.rate(countOf(course)); // warms up
  const rates = await measureRates(countOf);
  print(`${messages} messages a round, ${rounds} rounds, each way in turn; medians. All arrived, once and in order.\n`);
  for (const course of courses) print(`${course.name.padEnd(34)} ${thousands(median(rates.get(course)))} messages/s`);
  print('');
  for (const course of courses) print(`${course.name.padEnd(34)} ${latencyText(await course.latencies(1000))}`);
  const ratio = ratioOf(rates, bridge, batched);
  print(`\nbridge / a message each     ${ratioOf(rates, bridge, bare).toFixed(2)} (for information)`);
  print(`bridge / batched by hand    ${ratio.toFixed(2)} (floor ${FLOOR})`);
  if (check && ratio < FLOOR) process.exitCode = 1;
} finally {
  for (const course of courses) await course.close();
  await server.stop();
}

async function measureRates(countOf: (course: Course) => number): Promise<Map<Course, number[]>> {
  const rates = new Map<Course, number[]>(courses.map((course) => [course, []]));
  for (let round = 0; round < rounds; round++) {
    for (const course of courses) rates.get(course)?.push(await course.rate(countOf(course)));
  }
  return rates;
}

/** The median of the rounds' ratios: both were measured in the same seconds. */
function ratioOf(rates: ReadonlyMap<Course, number[]>, ours: Course, theirs: Course): number {
  return median(rates.get(ours)?.map((rate, round) => rate / (rates.get(theirs)?.[round] ?? NaN)));
}

function latencyText(sorted: readonly number[]): string {
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(2);
  return `published to handled: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms`;
}

function median(values: readonly number[] = []): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(9);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function readOptions(): { check: boolean; messages: number; rounds: number } {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, messages: { type: 'string' }, rounds: { type: 'string' } },
  });
  const number = (text: string | undefined, otherwise: number): number => {
    const value = text === undefined ? otherwise : Number(text);
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw new RangeError(`--messages and --rounds: expected numbers of at least 1, got ${text}`);
  };
  return {
    check: values.check === true,
    messages: number(values.messages, 100_000),
    rounds: number(values.rounds, 5),
  };
}
