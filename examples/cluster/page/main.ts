/** The page: a bus of its own, which takes part in the cluster over WebSocket, and shows what its caches hold. */
import '../../wallboard/design/tokens.css';
import './page.css';
import { wsconnect } from '@nats-io/nats-core';
import { auditTime, merge, tap } from 'rxjs';
import { joinCluster, TOTALS } from '../shared/join-cluster.js';
import { ServerTotals } from '../shared/messages.js';
import { Figures } from './figures.js';
import { Happenings } from './happenings.js';
import { ServerCard } from './server-card.js';
import { serverViews } from './server-view.js';

const DRAWN_EVERY_MS = 100;

const url = new URL(location.href).searchParams.get('nats') ?? 'ws://127.0.0.1:9222';
const find = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const say = (text: string): void => void (find('connection').textContent = text);

say(`Waiting for NATS at ${url}…`);
const connection = await wsconnect({
  servers: url,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 500,
  waitOnFirstConnect: true,
});
const member = joinCluster(`page-${crypto.randomUUID().slice(0, 8)}`, connection, (error) => say(error.message));
const { link, channels, totalsCache, totalsCached } = member;

const cards = new Map<string, ServerCard>();
const epochs = new Map<string, string>();
const happenings = new Happenings(find('log'));
const sum = new Figures(find('sum'));
const bridge = new Figures(find('bridge'));

const happened = link.events$.pipe(
  tap((event) => {
    happenings.add(event);
    if (event.type === 'peer-joined') epochs.set(event.peer, event.epoch);
  }),
);
merge(happened, channels, totalsCached).pipe(auditTime(DRAWN_EVERY_MS)).subscribe(draw);
window.addEventListener('pagehide', () => void link.close());

function draw(): void {
  const { isConnected, outbox, topics, peers } = link.statistics();
  const of = (figure: 'delivered' | 'duplicates' | 'missed' | 'lag'): number =>
    topics.reduce((total, topic) => total + (topic[figure] ?? 0), 0);
  say(isConnected ? `Connected to NATS as ${link.eid}` : 'NATS does not answer. What is here may be old.');
  document.body.dataset.connected = String(isConnected);
  drawServers();
  const all = totalsCache.get(ServerTotals, TOTALS, null)?.data;
  sum.show({
    'servers alive': totalsCache.all(ServerTotals, TOTALS).length,
    channels: all?.channels ?? 0,
    bridges: all?.bridges ?? 0,
    'channels so far': all?.created ?? 0,
  });
  bridge.show({
    peers: peers.length,
    'messages received': of('delivered'),
    'came twice, dropped': of('duplicates'),
    'gone for good': of('missed'),
    'stored and not here yet': of('lag'),
    'waiting to be sent': outbox.messages,
  });
}

/** Servers that were seen stay, so that one sees which is gone. Pages have no totals, and are none. */
function drawServers(): void {
  const known = totalsCache.all(ServerTotals, TOTALS).map(({ eid }) => eid ?? '');
  for (const view of serverViews(member, new Set([...cards.keys(), ...known]))) {
    const card = cards.get(view.name) ?? addCard(view.name);
    card.show(view, epochs.get(view.name));
  }
  find('nobody').hidden = cards.size > 0;
}

function addCard(name: string): ServerCard {
  const card = new ServerCard(name);
  cards.set(name, card);
  find('servers').append(card.element);
  return card;
}
