// One process of the chaos run: a bus that publishes, receives, and holds what it receives to the promises.
import { connect } from '@nats-io/transport-node';
import {
  CacheClear,
  createBus,
  createCache,
  createCachingTopic,
  createTopicPool,
  LOCAL_EID,
  messageType,
  subscribe,
  type CacheId,
  type Message,
} from '@stasis-rx/core';
import { bridge } from '@stasis-rx/nats';
import { Ledger, type Numbered } from './ledger.js';
import { BEATS_UNTIL_LOST, type Answer, type Command, type LaneProgress, type NodeReport } from './protocol.js';

interface State {
  readonly id: string;
  readonly life: number;
  readonly n: number;
}

const IDS = 40;
const BURST_EVERY_MS = 10;

const Note = messageType<Numbered>('note');
const Snapshot = messageType<State>('snapshot');
const Total = messageType<{ id: CacheId; sum: number }>('total');

const [eid = '', lifeText = '', url = '', heartbeatText = ''] = process.argv.slice(2);
const life = Number(lifeText);

const say = (answer: Answer): void => void process.send?.(answer);
const ledger = new Ledger((text) => say({ type: 'violation', text: `${eid} life ${life}: ${text}` }));

const bus = createBus({ eid });
const calls = bus.topic('calls');
const pool = createTopicPool<Message>(bus.topic('queues'));
const cache = createCache({
  id: (message) => (Snapshot.is(message) ? message.data.id : undefined),
  aggregate: {
    compute: ({ local, remotes }) => {
      const all = (local === undefined ? remotes : [local, ...remotes]) as Message<State>[];
      return Total({ id: all[0]?.data.id ?? '', sum: all.reduce((sum, { data }) => sum + data.n, 0) }, { eid: null });
    },
  },
});
createCachingTopic(calls, cache);
for (const topic of [calls, bus.topic('queues')]) {
  // Every thousandth message takes its time: mailboxes fill, and the bridge has to wait for them.
  let handled = 0;
  subscribe(
    topic,
    (message) => {
      if (message.eid !== LOCAL_EID && message.eid !== null) ledger.take(message.eid, message.data);
      return ++handled % 1000 === 0 ? new Promise((resolve) => setTimeout(resolve, 20)) : undefined;
    },
    { accept: [Note] },
  );
}

const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 100, timeout: 2000 });
const link = bridge(bus, connection, {
  topics: [calls, pool],
  types: [Note, Snapshot],
  caches: [{ topic: calls, cache }],
  stream: 'CHAOS',
  jetstream: { timeout: 2000 },
  heartbeatMs: Number(heartbeatText),
  peerTimeoutMs: BEATS_UNTIL_LOST * Number(heartbeatText),
});

let retries = 0;
let snapshots = 0;
let lost = 0;
link.events$.subscribe((event) => {
  if (event.type === 'retry') retries++;
  if (event.type === 'snapshot') snapshots++;
  if (event.type === 'peer-left' && event.reason === 'lost') lost++;
  if (event.type === 'gap' || event.type === 'outbox-overflow' || event.type === 'rejected') {
    say({ type: 'violation', text: `${eid} life ${life}: ${JSON.stringify(event)}` });
  }
  if (process.env.CHAOS_VERBOSE !== undefined) process.stderr.write(`${eid}.${life} ${JSON.stringify(event)}\n`);
});

const published = { calls: 0, queues: 0 };

function publishOne(index: number): void {
  const lane = index % 2 === 0 ? 'calls' : 'queues';
  const n = ++published[lane];
  const note = Note({ life, lane, n });
  if (lane === 'queues') pool.topic(`${n % 5}`).publish(note);
  else calls.publish(note);
  if (index % 10 === 0) changeState(n);
}

/** Sets the state of one of some ids, or takes it away. */
function changeState(n: number): void {
  const id = `${Math.floor(Math.random() * IDS)}`;
  const old = cache.get(Snapshot, id);
  if (old !== undefined && Math.random() < 0.1) calls.publish(CacheClear(old));
  else calls.publish(Snapshot({ id, life, n }));
}

function progress(): LaneProgress[] {
  const waiting = new Map(link.statistics().topics.map((topic) => [topic.topic, topic.waiting]));
  return Object.entries(published).map(([lane, last]) => ({
    lane,
    published: last,
    confirmed: Math.max(0, last - (waiting.get(lane) ?? 0)),
  }));
}

async function publish(count: number, durationMs: number): Promise<void> {
  const size = Math.ceil((count * BURST_EVERY_MS) / durationMs);
  for (let done = 0; done < count;) {
    for (let burst = 0; burst < size && done < count; burst++) publishOne(done++);
    say({ type: 'progress', lanes: progress() });
    await new Promise((resolve) => setTimeout(resolve, 2 * BURST_EVERY_MS * Math.random()));
    await link.drained();
  }
  await link.flushed();
  say({ type: 'published', lanes: progress() });
}

/** What the caches hold, the same on every bus when they agree. */
function view(): string {
  const entries = cache
    .dumpAll(Snapshot)
    .map(
      (message) =>
        `${message.data.id} ${message.eid === LOCAL_EID ? eid : message.eid} ${message.data.life}.${message.data.n}`,
    );
  const totals = (cache.dump(undefined, null) as Message<{ id: CacheId; sum: number }>[]).map(
    ({ data }) => `${data.id} = ${data.sum}`,
  );
  return JSON.stringify({ peers: [...link.peers(), eid].sort(), entries: entries.sort(), totals: totals.sort() });
}

function report(): NodeReport {
  const { topics, outbox } = link.statistics();
  const sum = (of: (topic: (typeof topics)[number]) => number): number =>
    topics.reduce((total, topic) => total + of(topic), 0);
  return {
    received: ledger.received,
    duplicatesDropped: sum((topic) => topic.duplicates),
    gaps: sum((topic) => topic.gaps),
    dropped: outbox.dropped,
    retries,
    snapshots,
    lost,
    maxOutbox: outbox.maxMessages,
  };
}

async function close(): Promise<void> {
  await link.close({ signal: AbortSignal.timeout(10_000) });
  await connection.close();
  say({ type: 'closed' });
  process.disconnect();
}

process.on('message', (command: Command) => {
  if (command.type === 'publish') void publish(command.count, command.durationMs);
  else if (command.type === 'view') say({ type: 'view', view: view() });
  else if (command.type === 'report') say({ type: 'report', report: report() });
  else void close();
});
process.on('disconnect', () => process.exit());

await link.ready;
say({ type: 'ready' });
