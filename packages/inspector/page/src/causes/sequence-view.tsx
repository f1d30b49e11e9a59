import type { SequenceDiagram } from '../../../src/model/causes/sequence.js';
import { useInspector } from '../client/inspector-context.js';
import { Empty } from '../parts/empty.js';
import { SequenceArrow } from './sequence-arrow.js';

const COLUMN = 130;
const LINE = 34;
const HEAD = 40;

interface SequenceViewProps {
  readonly diagram: SequenceDiagram;
  /** Id of the message that was asked about. */
  readonly selected: number;
}

/** The diagram: a column for each topic and each subscription, an arrow for each step, from the first to the last. */
export function SequenceView({ diagram: { participants, steps }, selected }: SequenceViewProps): React.ReactNode {
  const { model } = useInspector();
  const first = steps[0];
  if (first === undefined) return <Empty>Nothing is known of it any more.</Empty>;
  const [width, height] = [participants.length * COLUMN, HEAD + steps.length * LINE + 20];
  const nameOf = (kind: string, name: string): string => {
    if (kind === 'outside') return 'outside';
    return kind === 'topic' ? name : (model.subscriptions.get(name)?.name ?? name);
  };
  return (
    <div className="sequence" tabIndex={0} role="group" aria-label="Sequence diagram, scrolls">
      <svg
        style={{ width: `${width / 13}rem`, height: `${height / 13}rem` }}
        viewBox={`0 0 ${width} ${height}`}
        role="list"
        aria-label="Steps in their order"
      >
        {participants.map(({ kind, name }, index) => (
          <g key={`${kind} ${name}`} className={`participant participant--${kind}`} aria-hidden="true">
            <line x1={center(index)} x2={center(index)} y1={HEAD - 6} y2={height} />
            <rect x={index * COLUMN + 6} y={4} width={COLUMN - 12} height={HEAD - 10} rx={kind === 'topic' ? 4 : 15} />
            <text x={center(index)} y={24}>
              {shorten(nameOf(kind, name))}
              <title>{`${kind} ${name}`}</title>
            </text>
          </g>
        ))}
        {steps.map((step, index) => (
          <SequenceArrow
            key={index}
            step={step}
            y={HEAD + index * LINE + 22}
            sinceMs={step.at - first.at}
            isSelected={step.row.id === selected}
            names={[step.from, step.to].map((place) => {
              const { kind = 'outside', name = '' } = participants[place] ?? {};
              return nameOf(kind, name);
            })}
          />
        ))}
      </svg>
    </div>
  );
}

/** The middle of a column. */
function center(index: number): number {
  return index * COLUMN + COLUMN / 2;
}

function shorten(name: string): string {
  return name.length > 17 ? `${name.slice(0, 7)}…${name.slice(-9)}` : name;
}
