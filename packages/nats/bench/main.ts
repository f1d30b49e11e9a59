// `npm run bench:nats`: a bridge against a bare JetStream publisher and consumer, over loopback, in the same run. With
// `--check` it ends with 1 when the bridge has less than half the rate of what is batched by hand. What does not arrive in order
// ends it in any case.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startNatsServer } from '../test/support/nats-server.js';
import type { Measured } from './way.js';

/** Against what is batched by hand. */
const FLOOR = 0.5;
/** A message each is so slow that a share of them says as much. */
const SHARE = 0.1;

const { check, messages, rounds, starts } = readOptions();
const bare: Measured[] = [];
const batched: Measured[] = [];
const bridge: Measured[] = [];
const core: Measured[] = [];
for (let start = 0; start < starts; start++) {
  bare.push(await measure('bare', Math.ceil(messages * SHARE)));
  batched.push(await measure('batched', messages));
  bridge.push(await measure('bridge', messages));
  core.push(await measure('core', messages));
}
print(
  `${messages} messages a round, ${rounds} rounds, ${starts} starts, each way in turn. All arrived, once and in order.\n`,
);
const ways = [bare, batched, bridge, core];
for (const way of ways) print(`${nameOf(way)} ${thousands(median(way.map(rateOf)))} messages/s`);
print('');
for (const way of ways) print(`${nameOf(way)} ${latencyText(way)}`);
const ratio = ratioOf(bridge, batched);
print(`\nbridge / a message each     ${ratioOf(bridge, bare).toFixed(2)} (for information)`);
print(`bridge / batched by hand    ${ratio.toFixed(2)} (floor ${FLOOR})`);
if (check && ratio < FLOOR) process.exitCode = 1;

/** In a process of its own, over a server of its own. */
async function measure(way: string, count: number): Promise<Measured> {
  const server = await startNatsServer();
  try {
    const program = fileURLToPath(new URL('way.ts', import.meta.url));
    const child = fork(program, [way, server.url, String(count), String(rounds)], { execArgv: ['--import', 'tsx'] });
    let measured: Measured | undefined;
    child.on('message', (message) => (measured = message as Measured));
    await once(child, 'exit');
    if (measured === undefined) throw new Error(`${way} has measured nothing`);
    return measured;
  } finally {
    await server.stop();
  }
}

function rateOf({ rates }: Measured): number {
  return median(rates);
}

/** The median of the starts' ratios: both were measured one after the other. */
function ratioOf(ours: readonly Measured[], theirs: readonly Measured[]): number {
  return median(ours.map((measured, start) => rateOf(measured) / rateOf(theirs[start] as Measured)));
}

function nameOf([first]: readonly Measured[]): string {
  return (first?.name ?? '').padEnd(34);
}

function latencyText(way: readonly Measured[]): string {
  const at = (share: number): string =>
    median(way.map(({ latencies }) => latencies[Math.floor(latencies.length * share)] ?? NaN)).toFixed(2);
  return `published to handled: median ${at(0.5)} ms, 99 % within ${at(0.99)} ms`;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(9);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function readOptions(): {
  readonly check: boolean;
  readonly messages: number;
  readonly rounds: number;
  readonly starts: number;
} {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, messages: text, rounds: text, starts: text },
  });
  const number = (given: string | undefined, otherwise: number): number => {
    const value = given === undefined ? otherwise : Number(given);
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw new RangeError(`--messages, --rounds and --starts: expected numbers of at least 1, got ${given}`);
  };
  return {
    check: values.check === true,
    messages: number(values.messages, 150_000),
    rounds: number(values.rounds, 5),
    starts: number(values.starts, 3),
  };
}
