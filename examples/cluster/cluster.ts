/** `npm run cluster`: a NATS server, three servers that each replay an Asterisk, StatsD, and a page that shows them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keepRunning, type KeptProcess } from './kept-process.js';
import { startNatsServer } from './nats-server.js';
import { servePage } from './serve-page.js';
import { listenToStatsD } from './statsd-listener.js';

const SERVERS = [
  { name: 'berlin', recordings: ['calls-40'] },
  { name: 'oslo', recordings: ['calls-300'] },
  { name: 'paris', recordings: ['calls-40', 'calls-300'] },
];
/** Which of them reports the totals of all to StatsD. */
const REPORTER = 'paris';

const { values } = parseArgs({
  options: {
    /** Of the replays: 2 is twice as fast as recorded, 0 as fast as it goes. */
    speed: { type: 'string', default: '1' },
    /** How often each server plays what it has to play. Default: for ever. */
    rounds: { type: 'string', default: 'Infinity' },
  },
});

// From the first moment on, and however often: whatever has been started has to be ended.
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
process.stdout.on('error', () => stopping.abort()); // nobody reads it any more

try {
  await run(stopping.signal);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Starts everything, and ends it in the opposite order: the servers leave before NATS is taken away. */
async function run(stop: AbortSignal): Promise<void> {
  await using page = await servePage();
  await using nats = await startNatsServer([page.origin], say);
  await using statsd = await listenToStatsD((lines) => say(`StatsD got ${lines.join(' ')}`));
  await using servers = startServers(nats.url, statsd.port);
  const pids = [...servers.processes].map(([name, { pid }]) => `${name} ${pid}`);
  say(`The page: ${page.origin}/?nats=${encodeURIComponent(nats.webSocketUrl)}
Processes: ${pids.join(', ')}, nats-server ${nats.pid}
Try: kill -9 one of them; it is started again after three seconds. Ctrl-C ends it all.`);
  if (!stop.aborted) await once(stop, 'abort');
}

interface Servers extends AsyncDisposable {
  readonly processes: ReadonlyMap<string, KeptProcess>;
}

function startServers(natsUrl: string, statsdPort: number): Servers {
  const processes = new Map<string, KeptProcess>();
  for (const { name, recordings } of SERVERS) {
    const args = ['--name', name, '--nats', natsUrl, '--speed', values.speed, '--rounds', values.rounds];
    for (const recording of recordings) args.push('--recording', recording);
    if (name === REPORTER) args.push('--statsd', String(statsdPort));
    const start = () => fork(fileURLToPath(new URL('./server.ts', import.meta.url)), args, { detached: true });
    processes.set(name, keepRunning(name, start, say));
  }
  return {
    processes,
    async [Symbol.asyncDispose]() {
      await Promise.all([...processes.values()].map((kept) => kept[Symbol.asyncDispose]()));
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
