/** `npm run cluster`: a NATS server, three servers that each replay an Asterisk, StatsD, and a page that shows them. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keepRunning } from './kept-process.js';
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

const nats = await startNatsServer();
const statsd = await listenToStatsD((lines) => {
  say(`StatsD got ${lines.join(' ')}`);
});
const servers = SERVERS.map(({ name, recordings }) => {
  const { speed, rounds } = values;
  const args = ['--name', name, '--nats', nats.url, '--speed', speed, '--rounds', rounds];
  for (const recording of recordings) args.push('--recording', recording);
  if (name === REPORTER) args.push('--statsd', String(statsd.port));
  return keepRunning(fileURLToPath(new URL('./server.ts', import.meta.url)), args, (how) => {
    say(`${name} ended (${how}); it is started again in three seconds`);
  });
});
const page = await servePage();

say(`The page: ${page.url}?nats=${encodeURIComponent(nats.webSocketUrl)}`);
say(`Try: kill -9 ${servers.map(({ pid }) => pid).join(', or ')}. Ctrl-C ends it all.`);

process.once('SIGINT', stop);
process.once('SIGTERM', stop);

/** Everybody leaves, then what they are connected by is taken away. */
function stop(): void {
  void (async () => {
    await Promise.all([page.close(), ...servers.map((server) => server.stop())]);
    statsd.close();
    await nats.stop();
  })();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
