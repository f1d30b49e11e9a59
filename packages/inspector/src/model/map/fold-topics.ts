import type { TopicDescription } from '@stasis-rx/core';
import type { MapNode, MapView } from './map-graph.js';

/** So many topics are shown one by one, whatever their names are. */
const FEW_TOPICS = 30;
/** So many topics of one prefix are worth a fold. */
const MIN_FOLD = 3;
/** So many are shown of a fold that is unfolded, and of all that is looked for. */
const MOST_UNFOLDED = 40;
/** So many topics that are in no fold are shown. */
const MOST_SINGLE = 60;

/** The topics as nodes. Those of a pool and those of one prefix are one node, unless somebody wants to see them. */
export function foldTopics(topics: readonly TopicDescription[], view: MapView): MapNode[] {
  const folds = foldsOf(topics);
  const search = view.search.trim().toLowerCase();
  let found = 0;
  const isFound = ({ name }: TopicDescription) =>
    search !== '' && name.toLowerCase().includes(search) && found++ < MOST_UNFOLDED;
  const single = (topic: TopicDescription, fold?: string): MapNode => nodeOfTopic(topic, isFound(topic), fold);
  return folds.flatMap(({ id, kind, title, topics: members }) => {
    if (id === undefined) {
      return restFolded(
        members.map((topic) => single(topic)),
        'rest',
        MOST_SINGLE,
        view,
      );
    }
    const isUnfolded = view.unfolded.has(id);
    const [shown, hidden] = split(members, (topic) => isUnfolded || isFound(topic));
    if (isUnfolded) {
      return restFolded(
        shown.map((topic) => single(topic, id)),
        id,
        MOST_UNFOLDED,
        view,
      );
    }
    const singles = shown.map((topic) => nodeOfTopic(topic, true, id));
    return hidden.length === 0 ? singles : [foldedNode(id, kind, title, hidden), ...singles];
  });
}

interface Fold {
  /** `undefined` for those that are in none. */
  readonly id: string | undefined;
  readonly kind: 'pool' | 'group';
  readonly title: string;
  readonly topics: TopicDescription[];
}

function foldsOf(topics: readonly TopicDescription[]): Fold[] {
  const single: Fold = { id: undefined, kind: 'group', title: '', topics: [] };
  const folds = new Map<string, Fold>();
  const foldOf = (kind: Fold['kind'], title: string): Fold => {
    const id = `${kind} ${title}`;
    const fold = folds.get(id) ?? { id, kind, title, topics: [] };
    folds.set(id, fold);
    return fold;
  };
  const areFew = topics.filter(({ pool }) => pool === undefined).length <= FEW_TOPICS;
  for (const topic of topics) {
    const prefix = prefixOf(topic.name);
    if (topic.pool !== undefined) foldOf('pool', topic.pool).topics.push(topic);
    else if (prefix === undefined || areFew) single.topics.push(topic);
    else foldOf('group', prefix).topics.push(topic);
  }
  const [worthIt, small] = split([...folds.values()], ({ topics: members }) => members.length >= MIN_FOLD);
  single.topics.push(...small.flatMap(({ topics: members }) => members));
  return [single, ...worthIt];
}

function prefixOf(name: string): string | undefined {
  const end = name.indexOf(':');
  return end > 0 ? name.slice(0, end) : undefined;
}

function nodeOfTopic({ name, detail }: TopicDescription, isFound: boolean, fold?: string): MapNode {
  const node = { id: `topic ${name}`, kind: 'topic', title: name, note: detail, topics: [name] } as const;
  return { ...node, subscriptions: [], isFolded: false, isFound, ...(fold === undefined ? {} : { fold }) };
}

function foldedNode(id: string, kind: Fold['kind'], title: string, topics: readonly TopicDescription[]): MapNode {
  const note = `${topics.length.toLocaleString('en')} topics`;
  const names = topics.map(({ name }) => name);
  const shown = kind === 'pool' ? `pool of ${title}` : `${title}:…`;
  return { id, kind, title: shown, note, topics: names, subscriptions: [], isFolded: true, isFound: false };
}

/** The first ones, those that are looked for among them, and one node for the rest. */
function restFolded(nodes: readonly MapNode[], id: string, most: number, view: MapView): MapNode[] {
  const restId = `more ${id}`;
  const limit = view.unfolded.has(restId) ? most * 5 : most;
  if (nodes.length <= limit) return [...nodes];
  const [found, others] = split(nodes, ({ isFound }) => isFound);
  const shown = others.slice(0, Math.max(0, limit - found.length));
  const topics = others.slice(shown.length).flatMap((node) => node.topics);
  const note = `${topics.length.toLocaleString('en')} topics`;
  const fold = id === 'rest' ? {} : { fold: id };
  const base = {
    id: restId,
    kind: 'more',
    title: 'and more',
    note,
    topics,
    subscriptions: [],
    isFound: false,
  } as const;
  return [...found, ...shown, { ...base, isFolded: !view.unfolded.has(restId), ...fold }];
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  const [first, second]: [Item[], Item[]] = [[], []];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
