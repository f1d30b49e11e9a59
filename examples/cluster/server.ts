/** One server of the cluster: a process that replays recordings as its own Asterisk. Started by `cluster.ts`. */
import { createAsteriskTopics, replay } from '@stasis-rx/asterisk';
import { readRecording } from '@stasis-rx/asterisk/recording';
import { createBus, type StasisError } from '@stasis-rx/core';
import { connect } from '@nats-io/transport-node';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publishStates } from './publish-states.js';
import { reportTotals } from './report-totals.js';
import { CONNECTION } from './shared/connection-options.js';
import { joinCluster } from './shared/join-cluster.js';

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'server' },
    nats: { type: 'string', default: 'nats://127.0.0.1:4222' },
    recording: { type: 'string', multiple: true, default: ['calls-40'] },
    speed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: 'Infinity' },
    /** The port of a StatsD server: this one reports the totals of all. */
    statsd: { type: 'string' },
  },
});
const { name, recording: recordings } = values;

const connection = await connect({ ...CONNECTION, name, servers: values.nats });
const member = joinCluster(name, connection, onError);
const asterisk = createAsteriskTopics(createBus({ eid: name, onError }));
const states = publishStates(asterisk, member, recordings);
const reporting = values.statsd === undefined ? undefined : reportTotals(member, Number(values.statsd));

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
process.once('disconnect', () => process.exit()); // whoever started it is gone

await member.link.ready;
await playAll().catch((error: unknown) => {
  if (!stopping.signal.aborted) throw error;
});
if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
await reporting?.close();
await member.link.close(); // its entries leave the others' caches
await connection.close();
process.exit();

/** All recordings at once, each round after round. */
async function playAll(): Promise<void> {
  await Promise.all(recordings.map(play));
}

async function play(recording: string): Promise<void> {
  for (let round = 0; round < Number(values.rounds); round++) {
    await replay(asterisk, readRecording(fileOf(recording)), {
      speed: Number(values.speed),
      signal: stopping.signal,
    });
    states.played();
  }
}

function fileOf(recording: string): string {
  return fileURLToPath(new URL(`../../packages/asterisk/recordings/${recording}.ari.jsonl.gz`, import.meta.url));
}

function onError(error: StasisError): void {
  process.stderr.write(`${name}: ${error.message}\n`);
}
