import { memo } from 'react';
import type { MapEdge } from '../../../src/model/map/map-graph.js';
import { rateText } from '../client/format.js';
import type { Point } from './lay-out.js';

interface MapEdgeLineProps {
  readonly edge: MapEdge;
  readonly points: readonly Point[];
  /** Messages a second. */
  readonly rate: number;
}

/** Which way messages go, and how many a second; the more, the thicker. */
export const MapEdgeLine = memo(function MapEdgeLine({ edge: { kind }, points, rate }: MapEdgeLineProps) {
  const end = points.at(-1);
  const middle = points[Math.floor(points.length / 2)];
  if (end === undefined || middle === undefined) return null;
  const width = rate === 0 ? 1 : Math.min(6, 1.5 + Math.log10(1 + rate));
  return (
    <g className={`edge edge--${kind} ${rate > 0 ? 'edge--busy' : ''}`} aria-hidden="true">
      <path d={courseOf(points)} strokeWidth={width} />
      <path className="edge__tip" d={`M${end.x} ${end.y}l-9 -4.5v9Z`} />
      {rate > 0 && (
        <text x={middle.x} y={middle.y - 5}>
          {rateText(rate)}
        </text>
      )}
    </g>
  );
});

/** Through all points, bent at each of them but the ends. */
function courseOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${point.x - 6} ${point.y}`);
    else parts.push(`Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`);
  }
  return parts.join('');
}
