import type { BusDescription, SubscriptionDescription } from '@stasis-rx/core';
import type { PeerRow } from '../topics/peer-table.js';
import { foldSubscriptions } from './fold-subscriptions.js';
import { foldTopics } from './fold-topics.js';
import type { MapEdge, MapGraph, MapNode, MapView } from './map-graph.js';

/** Folds how a bus hangs together into a map that can be looked at, also with thousands of topics. O(all its parts). */
export function drawMap(description: BusDescription, peers: readonly PeerRow[], view: MapView): MapGraph {
  const topics = foldTopics(description.topics, view);
  const nodeOfTopic = new Map(topics.flatMap((node) => node.topics.map((topic) => [topic, node.id] as const)));
  const edges = new Edges();
  for (const { from, to } of description.forwards) {
    edges.add('forward', nodeOfTopic.get(from), nodeOfTopic.get(to), { topic: from });
  }
  const subscriptions = subscriptionNodes(description.subscriptions, nodeOfTopic, view, edges);
  const caches = cacheNodes(description, nodeOfTopic, edges);
  const peerNodes = peers.slice(0, MOST_PEERS).map((peer) => peerNode(peer, nodeOfTopic, edges));
  const nodes = [...peerNodes, ...topics, ...caches, ...subscriptions];
  const drawn = edges.all();
  return { nodes, edges: drawn, signature: [...nodes, ...drawn].map(({ id }) => id).join('\n') };
}

const MOST_PEERS = 20;

function subscriptionNodes(
  subscriptions: readonly SubscriptionDescription[],
  nodeOfTopic: ReadonlyMap<string, string>,
  view: MapView,
  edges: Edges,
): MapNode[] {
  const byNode = new Map<string, SubscriptionDescription[]>();
  for (const subscription of subscriptions) {
    const owner = nodeOfTopic.get(subscription.topic);
    if (owner === undefined) continue;
    const group = byNode.get(owner);
    if (group === undefined) byNode.set(owner, [subscription]);
    else group.push(subscription);
  }
  return [...byNode].flatMap(([owner, members]) => {
    const nodes = foldSubscriptions(owner, members, view);
    for (const { id, subscriptions: ids } of nodes) edges.add('subscription', owner, id, { subscriptions: ids });
    return nodes;
  });
}

/** One node for the caches of each node of topics. */
function cacheNodes({ caches }: BusDescription, nodeOfTopic: ReadonlyMap<string, string>, edges: Edges): MapNode[] {
  const byOwner = new Map<string, BusDescription['caches'][number][]>();
  for (const cache of caches) {
    const owner = nodeOfTopic.get(cache.topic);
    if (owner === undefined) continue;
    const group = byOwner.get(owner);
    if (group === undefined) byOwner.set(owner, [cache]);
    else group.push(cache);
  }
  return [...byOwner].map(([owner, group]) => {
    const id = `cache ${owner}`;
    for (const { topic, updates } of group) {
      edges.add('cache', owner, id, { topic });
      edges.add('cache', id, nodeOfTopic.get(updates), { topic: updates });
    }
    const [first] = group;
    const title = group.length === 1 && first !== undefined ? `cache of ${first.topic}` : `${group.length} caches`;
    const base = { topics: [], subscriptions: [], isFolded: false, isFound: false };
    return { ...base, id, kind: 'cache', title, note: '', caches: group.map(({ updates }) => updates) } as const;
  });
}

function peerNode({ eid, topics }: PeerRow, nodeOfTopic: ReadonlyMap<string, string>, edges: Edges): MapNode {
  const id = `peer ${eid}`;
  for (const topic of topics.keys()) edges.add('peer', id, nodeOfTopic.get(topic), { topic, peer: eid });
  const base = { topics: [], subscriptions: [], isFolded: false, isFound: false };
  return { ...base, id, kind: 'peer', title: eid, note: 'a peer' };
}

interface EdgeMembers {
  readonly topic?: string;
  readonly subscriptions?: readonly string[];
  readonly peer?: string;
}

/** One edge between two nodes, however many parts it stands for. */
class Edges {
  readonly #edges = new Map<string, MapEdge & { readonly topics: string[]; readonly subscriptions: string[] }>();

  add(kind: MapEdge['kind'], from: string | undefined, to: string | undefined, members: EdgeMembers): void {
    if (from === undefined || to === undefined || from === to) return;
    const { topic, subscriptions = [], peer } = members;
    const id = `${kind} ${from} → ${to}`;
    const edge = this.#edges.get(id) ?? { id, from, to, kind, topics: [], subscriptions: [], ...(peer && { peer }) };
    this.#edges.set(id, edge);
    if (topic !== undefined) edge.topics.push(topic);
    edge.subscriptions.push(...subscriptions);
  }

  all(): MapEdge[] {
    return [...this.#edges.values()];
  }
}
