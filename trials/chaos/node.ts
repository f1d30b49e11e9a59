// One process of the chaos run: a bus that publishes, receives, and holds what it receives to the promises.
import { connect } from '@nats-io/transport-node';
import { bridge } from '@stasis-rx/nats';
import { createHash } from 'node:crypto';
import { NodeBus, Note, Snapshot } from './node-bus.js';
import {
  BEATS_UNTIL_LOST,
  STREAM,
  type Answer,
  type Command,
  type NodeReport,
  type NodeSettings,
  type View,
} from './protocol.js';
import { Publisher } from './publisher.js';
import { Violations } from './violations.js';
import { wallClock } from './wall-clock.js';

const { eid, life, url, heartbeatMs, makesStream, timeoutMs } = JSON.parse(process.argv[2] ?? '') as NodeSettings;
const setClock = wallClock();
const say = (answer: Answer): void => void process.send?.(answer);
const violations = new Violations((text) => say({ type: 'violation', text }));
const node = new NodeBus(eid, violations.add);

const connection = await connect({
  servers: url,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 100,
  timeout: timeoutMs,
});
const link = bridge(node.bus, connection, {
  topics: [node.calls, node.pool],
  types: [Note, Snapshot],
  caches: [{ topic: node.calls, cache: node.cache }],
  stream: makesStream ? STREAM : STREAM.name,
  jetstream: { timeout: timeoutMs },
  heartbeatMs,
  peerTimeoutMs: BEATS_UNTIL_LOST * heartbeatMs,
});
const publisher = new Publisher(node, link, life);

const counts = { retry: 0, snapshot: 0, lost: 0, 'duplicate-eid': 0 };
const never: readonly string[] = ['outbox-overflow', 'unsendable', 'rejected'];
link.events$.subscribe((event) => {
  if (event.type === 'retry' || event.type === 'snapshot' || event.type === 'duplicate-eid') counts[event.type]++;
  if (event.type === 'peer-left' && event.reason === 'lost') counts.lost++;
  if (event.type === 'gap') node.miss({ eid: event.peer, lane: event.topic, missed: event.missed });
  if (never.includes(event.type)) violations.add(JSON.stringify(event));
  if (process.env.CHAOS_VERBOSE !== undefined) process.stderr.write(`${eid}.${life} ${JSON.stringify(event)}\n`);
});

function view(): View {
  const members = [...link.peers(), eid].sort();
  const text = JSON.stringify([members, node.entries()]);
  return { members: members.length, digest: createHash('sha1').update(text).digest('hex'), text: text.slice(0, 300) };
}

function report(): NodeReport {
  const { topics, outbox } = link.statistics();
  const sum = (of: (topic: (typeof topics)[number]) => number): number =>
    topics.reduce((total, topic) => total + of(topic), 0);
  return {
    lanes: publisher.progress(topics),
    received: node.ledger.received,
    duplicatesDropped: sum((topic) => topic.duplicates),
    gaps: sum((topic) => topic.gaps),
    missed: sum((topic) => topic.missed),
    dropped: outbox.dropped,
    retries: counts.retry,
    snapshots: counts.snapshot,
    lost: counts.lost,
    duplicateEids: counts['duplicate-eid'],
    maxOutbox: outbox.maxMessages,
    depth: sum((topic) => topic.depth),
  };
}

async function publish(count: number, durationMs: number): Promise<void> {
  await publisher.publish(count, durationMs, (lanes) => say({ type: 'progress', lanes }));
  say({ type: 'published', lanes: publisher.progress() });
}

async function close(): Promise<void> {
  await link.close({ signal: AbortSignal.timeout(10_000) });
  await connection.close();
  say({ type: 'closed' });
  process.disconnect();
}

process.on('message', (command: Command) => {
  if (command.type === 'publish') void publish(command.count, command.durationMs);
  else if (command.type === 'slow') node.handlerMs = command.handlerMs;
  else if (command.type === 'clock') setClock(command.aheadMs);
  else if (command.type === 'view') say({ type: 'view', view: view() });
  else if (command.type === 'report') say({ type: 'report', report: report() });
  else void close();
});
process.on('disconnect', () => process.exit());

await link.ready;
say({ type: 'ready' });
