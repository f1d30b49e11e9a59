import { useEffect, useRef } from 'react';
import type { LiveMap } from '../../../src/model/map/live-map.js';
import type { MapGraph } from '../../../src/model/map/map-graph.js';
import { Button } from '../parts/button.js';
import type { MapLayout } from './lay-out.js';
import { MapEdgeLine } from './map-edge-line.js';
import { MapNodeBox } from './map-node-box.js';
import { nearestIn } from './nearest.js';
import { usePanZoom } from './use-pan-zoom.js';

interface MapCanvasProps {
  readonly graph: MapGraph;
  readonly layout: MapLayout;
  readonly live: LiveMap;
  readonly selected: string | undefined;
  readonly select: (id: string | undefined) => void;
  readonly fold: (id: string, isUnfolded: boolean) => void;
}

const STEP = 80;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** The map itself: to be dragged, zoomed, and gone about in by keys. One node is a stop of the Tab key. */
export function MapCanvas({ graph, layout, live, selected, select, fold }: MapCanvasProps): React.ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const { viewport, zoom, pan, fit, reveal } = usePanZoom(frame, layout);
  const drag = useRef<{ x: number; y: number }>(null);
  const current = graph.nodes.some(({ id }) => id === selected) ? selected : graph.nodes[0]?.id;
  useEffect(() => {
    const place = selected === undefined ? undefined : layout.nodes.get(selected);
    // The frame is as wide as it will be when what was chosen is shown beside it.
    const frameId = requestAnimationFrame(() => place !== undefined && reveal(place));
    return () => cancelAnimationFrame(frameId);
  }, [selected, layout, reveal]);
  const choose = (id: string): void => {
    select(id);
    frame.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  };
  const pressed = (event: React.KeyboardEvent): void => {
    const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
    if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fit();
    else if (move !== undefined) {
      const [x, y] = move;
      const onNode = event.target instanceof Element && event.target.hasAttribute('data-node');
      const next = onNode && current !== undefined ? nearestIn(layout, current, { x: -x, y: -y }) : undefined;
      if (next !== undefined) choose(next);
      else if (!onNode) pan(x, y);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      className="map__frame"
      ref={frame}
      role="group"
      aria-label="Map: arrows move, plus and minus zoom"
      tabIndex={0}
      onKeyDown={pressed}
    >
      <svg
        className="map__canvas"
        role="group"
        aria-label={`${graph.nodes.length} parts of the bus`}
        onPointerDown={({ clientX, clientY, target, currentTarget, pointerId }) => {
          if (target instanceof Element && target.closest('[data-node]') !== null) return;
          drag.current = { x: clientX, y: clientY };
          currentTarget.setPointerCapture(pointerId);
        }}
        onPointerMove={({ clientX, clientY }) => {
          if (drag.current === null) return;
          pan(clientX - drag.current.x, clientY - drag.current.y);
          drag.current = { x: clientX, y: clientY };
        }}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
      >
        <g transform={`translate(${viewport.x} ${viewport.y}) scale(${viewport.scale})`}>
          {graph.edges.map((edge) => (
            <MapEdgeLine key={edge.id} edge={edge} points={layout.edges.get(edge.id) ?? []} rate={live.edge(edge)} />
          ))}
          {graph.nodes.map((node) => {
            const place = layout.nodes.get(node.id);
            if (place === undefined) return null;
            const isFocusable = node.id === current;
            const isSelected = node.id === selected;
            return (
              <MapNodeBox
                key={node.id}
                {...{ node, place, isFocusable, isSelected, choose, fold }}
                live={live.node(node)}
              />
            );
          })}
        </g>
      </svg>
      <div className="map__zoom" role="group" aria-label="Zoom">
        <Button onPress={() => zoom(1.25)} label="Nearer">
          +
        </Button>
        <Button onPress={() => zoom(0.8)} label="Farther">
          −
        </Button>
        <Button onPress={fit} label="All of it">
          ⤢
        </Button>
      </div>
    </div>
  );
}
