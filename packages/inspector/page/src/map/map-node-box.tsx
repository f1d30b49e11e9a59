import type { LiveNode } from '../../../src/model/map/live-map.js';
import type { MapNode } from '../../../src/model/map/map-graph.js';
import { countText, manyText, rateText } from '../client/format.js';
import { NODE_HEIGHT, NODE_WIDTH, type Point } from './lay-out.js';

interface MapNodeBoxProps {
  readonly node: MapNode;
  readonly place: Point;
  readonly live: LiveNode;
  readonly isFocusable: boolean;
  readonly isSelected: boolean;
  readonly choose: (id: string) => void;
  readonly fold: (id: string, isUnfolded: boolean) => void;
}

const ROUND = new Set(['subscription', 'subscriptions', 'router', 'bridge']);

/** One part of the bus. Its state is said in a word, too, and has a shape. */
export function MapNodeBox({
  node,
  place,
  live,
  isFocusable,
  isSelected,
  choose,
  fold,
}: MapNodeBoxProps): React.ReactNode {
  const { id, kind, title, note, isFolded, isFound } = node;
  const { state, rate, depth, inState, entries } = live;
  const [x, y] = [place.x - NODE_WIDTH / 2, place.y - NODE_HEIGHT / 2];
  const stateText = state === 'fine' ? '' : `${inState > 1 ? `${countText(inState)} ` : ''}${state}`;
  const figures = [
    entries === undefined ? rateText(rate) : manyText(entries, 'entry', 'entries'),
    ...(depth > 0 ? [`${countText(depth)} wait`] : []),
    ...(stateText === '' ? [] : [stateText]),
  ];
  const shown = [
    fitting(title, 25),
    fitting(note === '' ? kindText(kind) : note, 31),
    fitting(figures.join(' · '), 32),
  ];
  // Between them are spaces, for those who put them together. What is seen comes first: those who speak to the page say that.
  const label = [...shown, kindText(kind), ...(isFolded ? ['folded'] : []), ...(shown[0] === title ? [] : [title])]
    .filter(Boolean)
    .join(' ');
  return (
    <g
      className={`node node--${kind} node--${state} ${isSelected ? 'node--selected' : ''} ${isFound ? 'node--found' : ''}`}
      transform={`translate(${x} ${y})`}
      role="button"
      aria-label={label}
      aria-pressed={isSelected}
      tabIndex={isFocusable ? 0 : -1}
      data-node={id}
      onClick={() => choose(id)}
      onDoubleClick={() => {
        if (isFolded) fold(id, true);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        if (isFolded && isSelected) fold(id, true);
        else choose(id);
      }}
    >
      {isFolded && (
        <rect className="node__stack" x={5} y={5} width={NODE_WIDTH} height={NODE_HEIGHT} rx={rounding(kind)} />
      )}
      <rect className="node__box" width={NODE_WIDTH} height={NODE_HEIGHT} rx={rounding(kind)} />
      <text className="node__title" x={12} y={19}>
        {shown[0]}
      </text>{' '}
      <text className="node__note" x={12} y={34}>
        {shown[1]}
      </text>{' '}
      <text className="node__figures" x={12} y={50}>
        {state !== 'fine' && <tspan className="node__state">{SIGNS[state]} </tspan>}
        {shown[2]}
      </text>
    </g>
  );
}

const SIGNS = { fine: '', paused: '❚❚', congested: '▲', dropping: '▼', failing: '✖' } as const;

function rounding(kind: MapNode['kind']): number {
  return ROUND.has(kind) ? NODE_HEIGHT / 3 : 4;
}

/** A kind of node, in words. */
export function kindText(kind: MapNode['kind']): string {
  if (kind === 'pool' || kind === 'group') return 'topics';
  return kind === 'more' ? '' : kind;
}

function fitting(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text.slice(0, Math.ceil(most * 0.6))}…${text.slice(text.length - Math.floor(most * 0.4) + 1)}`;
}
