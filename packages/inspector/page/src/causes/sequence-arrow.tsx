import type { SequenceStep } from '../../../src/model/causes/sequence.js';
import { durationText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';

interface SequenceArrowProps {
  readonly step: SequenceStep;
  readonly y: number;
  /** Milliseconds since the first step. */
  readonly sinceMs: number;
  readonly isSelected: boolean;
  /** Of both ends. */
  readonly names: readonly string[];
}

const COLUMN = 130;

/** One step: an arrow from where a message comes from to where it goes. Dashed is what was not handled. */
export function SequenceArrow({
  step,
  y,
  sinceMs,
  isSelected,
  names: [from = '', to = ''],
}: SequenceArrowProps): React.ReactNode {
  const { go } = useNavigation();
  const { row, kind, state = 'handled' } = step;
  const [x1, x2] = [step.from * COLUMN + COLUMN / 2, step.to * COLUMN + COLUMN / 2];
  const isForth = x2 >= x1;
  const tip = isForth ? x2 - 2 : x2 + 2;
  const back = isForth ? tip - 8 : tip + 8;
  const text = kind === 'published' ? `${row.type} ${row.id}` : state;
  const said =
    kind === 'published' ? `${from} publishes ${row.type} ${row.id} on ${to}` : `${to} gets ${row.id}: ${state}`;
  return (
    <g
      role="listitem"
      aria-label={`${durationText(sinceMs)}: ${said}`}
      className={`arrow arrow--${kind} arrow--${kind === 'published' ? 'published' : state} ${isSelected ? 'arrow--selected' : ''}`}
      onClick={() => go({ message: row.id })}
    >
      <rect
        x={Math.min(x1, x2)}
        y={y - 16}
        width={Math.max(Math.abs(x2 - x1), 20)}
        height={24}
        className="arrow__area"
      />
      <line x1={x1} x2={tip} y1={y} y2={y} />
      <path d={`M${tip} ${y}L${back} ${y - 4.5}L${back} ${y + 4.5}Z`} />
      <text x={(x1 + x2) / 2} y={y - 5}>
        {shorten(text)}
      </text>
      <text x={Math.min(x1, x2) + 4} y={y + 12} className="arrow__time" style={{ textAnchor: 'start' }}>
        +{durationText(sinceMs)}
      </text>
    </g>
  );
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
