import { Graph, layout } from '@dagrejs/dagre';
import type { MapGraph } from '../../../src/model/map/map-graph.js';

/** Where everything on the map is, in units of which there are as many as there are pixels where it is not zoomed. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** The middle of each node, by its id. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** The course of each edge, by its id. */
  readonly edges: ReadonlyMap<string, readonly Point[]>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const NODE_WIDTH = 232;
export const NODE_HEIGHT = 58;

/** From left to right, as messages go. What is not joined to anything stands in rows below the rest. */
export function layOut({ nodes, edges }: MapGraph): MapLayout {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 16,
    ranksep: 96,
    marginx: 16,
    marginy: 16,
    ranker: rankerFor(nodes.length),
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) {
    if (joined.has(id)) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id);
  layout(graph);
  const places = new Map<string, Point>(graph.nodes().map((id: string) => [id, pointOf(graph.node(id) as Point)]));
  const courses = new Map<string, Point[]>();
  for (const edge of graph.edges()) {
    const { points = [] } = graph.edge(edge) as { readonly points?: readonly Point[] };
    courses.set(edge.name ?? '', points.map(pointOf));
  }
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const base = joined.size === 0 ? { width: 0, height: 0 } : { width, height };
  return withRest(
    { ...base, nodes: places, edges: courses },
    nodes.map(({ id }) => id).filter((id) => !joined.has(id)),
  );
}

/** The one that draws better takes much longer. */
function rankerFor(nodes: number): 'network-simplex' | 'longest-path' {
  return nodes <= 150 ? 'network-simplex' : 'longest-path';
}

const STEP_X = NODE_WIDTH + 16;
const STEP_Y = NODE_HEIGHT + 16;

function withRest(layout: MapLayout, rest: readonly string[]): MapLayout {
  if (rest.length === 0) return layout;
  const columns = Math.max(4, Math.floor(layout.width / STEP_X), Math.ceil(Math.sqrt(rest.length)));
  const nodes = new Map(layout.nodes);
  for (const [index, id] of rest.entries()) {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    nodes.set(id, { x: 16 + NODE_WIDTH / 2 + column * STEP_X, y: layout.height + 16 + NODE_HEIGHT / 2 + row * STEP_Y });
  }
  const width = Math.max(layout.width, 32 + Math.min(columns, rest.length) * STEP_X);
  return { ...layout, nodes, width, height: layout.height + Math.ceil(rest.length / columns) * STEP_Y + 32 };
}

/** Without what else the layout has noted there. */
function pointOf({ x, y }: Point): Point {
  return { x, y };
}
