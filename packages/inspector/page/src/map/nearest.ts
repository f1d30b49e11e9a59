import type { MapLayout, Point } from './lay-out.js';

/** The node that is next in a direction: what lies aside counts as farther. @returns its id */
export function nearestIn(layout: MapLayout, from: string, direction: Point): string | undefined {
  const start = layout.nodes.get(from);
  if (start === undefined) return undefined;
  let [best, nearest] = [Infinity, undefined as string | undefined];
  for (const [id, { x, y }] of layout.nodes) {
    const [dx, dy] = [x - start.x, y - start.y];
    const [ahead, aside] = direction.x === 0 ? [dy * Math.sign(direction.y), dx] : [dx * Math.sign(direction.x), dy];
    const distance = ahead + Math.abs(aside) * 3;
    if (id === from || ahead <= 1 || distance >= best) continue;
    [best, nearest] = [distance, id];
  }
  return nearest;
}
