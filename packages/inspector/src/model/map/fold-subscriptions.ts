import type { SubscriptionDescription } from '@stasis-rx/core';
import type { MapNode, MapView } from './map-graph.js';

/** So many subscriptions of one node are shown one by one. */
const FEW = 6;
/** So many are shown when they are unfolded. */
const MOST_UNFOLDED = 40;

/** The subscriptions of one node, folded by their names where there are many. @param owner id of the node */
export function foldSubscriptions(
  owner: string,
  subscriptions: readonly SubscriptionDescription[],
  view: MapView,
): MapNode[] {
  const search = view.search.trim().toLowerCase();
  const isFound = ({ name, id }: SubscriptionDescription) =>
    search !== '' && (name.toLowerCase().includes(search) || id.toLowerCase().includes(search));
  if (subscriptions.length <= FEW) return subscriptions.map((each) => nodeOf(each, isFound(each)));
  const names = groupByName(subscriptions);
  const folded = [...names].flatMap(([name, members]) => foldOfName(owner, name, members, view, isFound));
  if (folded.length <= FEW * 2) return folded;
  return foldRest(owner, folded, view);
}

function foldOfName(
  owner: string,
  name: string,
  members: readonly SubscriptionDescription[],
  view: MapView,
  isFound: (subscription: SubscriptionDescription) => boolean,
): MapNode[] {
  const [only] = members;
  if (members.length === 1 && only !== undefined) return [nodeOf(only, isFound(only))];
  const id = `subscriptions ${owner} ${name}`;
  const ids = members.map((member) => member.id);
  if (!view.unfolded.has(id)) return [foldOf(id, name, ids, members.some(isFound))];
  const shown = members.slice(0, MOST_UNFOLDED).map((member) => ({ ...nodeOf(member, isFound(member)), fold: id }));
  const rest = ids.slice(MOST_UNFOLDED);
  if (rest.length === 0) return shown;
  return [...shown, { ...foldOf(`more ${id}`, `${name}, more`, rest, false), kind: 'more', isFolded: false, fold: id }];
}

function foldRest(owner: string, nodes: readonly MapNode[], view: MapView): MapNode[] {
  const id = `subscriptions ${owner}`;
  if (view.unfolded.has(id)) return nodes.slice(0, MOST_UNFOLDED * 2).map((node) => ({ fold: id, ...node }));
  const first = nodes.filter(({ isFound }, index) => isFound || index < FEW).slice(0, MOST_UNFOLDED);
  const rest = nodes.filter((node) => !first.includes(node)).flatMap(({ subscriptions }) => subscriptions);
  return [...first, foldOf(id, 'others', rest, false)];
}

function foldOf(id: string, title: string, subscriptions: readonly string[], isFound: boolean): MapNode {
  const note = `${subscriptions.length.toLocaleString('en')} subscriptions`;
  return { id, kind: 'subscriptions', title, note, topics: [], subscriptions, isFolded: true, isFound };
}

function nodeOf({ id, name, routes }: SubscriptionDescription, isFound: boolean): MapNode {
  const base = { id: `subscription ${id}`, title: name, topics: [], subscriptions: [id], isFolded: false, isFound };
  if (routes !== undefined) return { ...base, kind: 'router', note: noteOfRoutes(routes) };
  // The package for bridges names its subscriptions so; nothing else tells them from others.
  if (/^bridge \(.*\)$/.test(name)) return { ...base, kind: 'bridge', note: id };
  return { ...base, kind: 'subscription', note: name === id ? '' : id };
}

function noteOfRoutes(routes: readonly string[]): string {
  const [first, second, third] = routes;
  const names = [first, second, third].filter((route) => route !== undefined).join(', ');
  if (routes.length === 0) return 'no routes';
  return routes.length > 3 ? `routes ${names}, ${routes.length - 3} more` : `routes ${names}`;
}

function groupByName(subscriptions: readonly SubscriptionDescription[]): Map<string, SubscriptionDescription[]> {
  const groups = new Map<string, SubscriptionDescription[]>();
  for (const subscription of subscriptions) {
    // Without a name it is named after its id: those are all alike.
    const name = subscription.name === subscription.id ? 'without a name' : subscription.name;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [subscription]);
    else group.push(subscription);
  }
  return groups;
}
