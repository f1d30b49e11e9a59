import { TOTALS, type Member } from '../shared/join-cluster.js';
import { ServerTotals } from '../shared/messages.js';
import { elementOf } from './element-of.js';
import { Figures } from './figures.js';
import { ServerCard } from './server-card.js';
import { serverViews } from './server-view.js';
import { Sightings } from './sightings.js';

/** Who is alive and what each has, as the caches of one member have it. */
export class ClusterMap {
  readonly #member: Member;
  readonly #sightings: Sightings;
  readonly #cards = new Map<string, ServerCard>();
  readonly #sum = new Figures(elementOf('sum'));
  readonly #bridge = new Figures(elementOf('bridge'));

  constructor(member: Member) {
    this.#member = member;
    this.#sightings = new Sightings(member);
  }

  /** @param answers whether NATS does */
  draw(answers: boolean): void {
    this.#drawConnection(answers);
    this.#drawSum();
    this.#drawServers();
    this.#drawPages();
    this.#drawBridge();
  }

  #drawConnection(answers: boolean): void {
    const { eid, isConnected } = this.#member.link.statistics();
    const isWell = answers && isConnected;
    document.body.dataset.connected = String(isWell);
    show('connection', isWell ? `Connected to NATS as ${eid}` : 'NATS does not answer. What is here may be old.');
  }

  #drawSum(): void {
    const { totalsCache } = this.#member;
    const all = totalsCache.get(ServerTotals, TOTALS, null)?.data;
    this.#sum.show({
      'servers alive': totalsCache.all(ServerTotals, TOTALS).length,
      channels: all?.channels ?? 0,
      bridges: all?.bridges ?? 0,
      'channels so far': all?.created ?? 0,
    });
  }

  /** Servers that were seen stay, so that one sees which is gone. Pages have no totals, and are none. */
  #drawServers(): void {
    const known = this.#member.totalsCache.all(ServerTotals, TOTALS).map(({ eid }) => eid ?? '');
    const names = new Set([...this.#cards.keys(), ...known]);
    for (const view of serverViews(this.#member, this.#sightings, names)) this.#cardOf(view.name).show(view);
    elementOf('nobody').hidden = this.#cards.size > 0;
  }

  #drawPages(): void {
    const { link } = this.#member;
    const others = link.peers().filter((peer) => !this.#cards.has(peer));
    show('pages', [`${link.eid} (this page)`, ...others].join(', '));
  }

  #drawBridge(): void {
    const { outbox, peers, topics } = this.#member.link.statistics();
    const sumOf = (figure: 'delivered' | 'duplicates' | 'missed' | 'lag'): number =>
      topics.reduce((total, topic) => total + (topic[figure] ?? 0), 0);
    this.#bridge.show({
      peers: peers.length,
      'messages received': sumOf('delivered'),
      'came twice, dropped': sumOf('duplicates'),
      'gone for good': sumOf('missed'),
      'stored and not here yet': sumOf('lag'),
      'waiting to be sent': outbox.messages,
    });
  }

  /** In the order of their names. */
  #cardOf(name: string): ServerCard {
    const known = this.#cards.get(name);
    if (known !== undefined) return known;
    const card = new ServerCard(name);
    this.#cards.set(name, card);
    const names = [...this.#cards.keys()].sort();
    const next = this.#cards.get(names[names.indexOf(name) + 1] ?? '');
    elementOf('servers').insertBefore(card.element, next?.element ?? null);
    return card;
  }
}

/** A text that stays is not written again: a screen reader would read it out again. */
function show(id: string, text: string): void {
  const element = elementOf(id);
  if (element.textContent !== text) element.textContent = text;
}
