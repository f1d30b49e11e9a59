/** The page: a bus of its own, which takes part in the cluster over WebSocket, and shows what its caches hold. */
import '../../wallboard/design/tokens.css';
import './page.css';
import { wsconnect } from '@nats-io/nats-core';
import { auditTime, combineLatest, interval, merge, startWith } from 'rxjs';
import { CONNECTION } from '../shared/connection-options.js';
import { joinCluster } from '../shared/join-cluster.js';
import { answersOf } from './answers.js';
import { ClusterMap } from './cluster-map.js';
import { elementOf } from './element-of.js';
import { Happenings } from './happenings.js';

const DRAWN_EVERY_MS = 100;
/** Without news too: what was last heard gets older. */
const AGED_EVERY_MS = 1000;

const url = new URL(location.href).searchParams.get('nats') ?? 'ws://127.0.0.1:9222';
const connection = elementOf('connection');
connection.textContent = `Waiting for NATS at ${url}…`;

join().catch((error: unknown) => {
  connection.textContent = `This page cannot take part: ${String(error)}`;
});

async function join(): Promise<void> {
  const happenings = new Happenings(elementOf('log'));
  const nats = await wsconnect({ ...CONNECTION, servers: url });
  const eid = `page-${crypto.randomUUID().slice(0, 8)}`;
  const member = joinCluster(eid, nats, ({ message }) => happenings.add(message));
  const { link, channels, totalsCached } = member;
  const map = new ClusterMap(member);

  link.events$.subscribe((event) => happenings.addEvent(event));
  const news = merge(link.events$, channels, totalsCached, interval(AGED_EVERY_MS)).pipe(startWith(undefined));
  combineLatest([answersOf(nats), news])
    .pipe(auditTime(DRAWN_EVERY_MS))
    .subscribe(([answers]) => map.draw(answers));
  window.addEventListener('pagehide', () => void link.close());
  await link.ready;
}
