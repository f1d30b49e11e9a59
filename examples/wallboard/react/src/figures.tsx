import type { CSSProperties, ReactNode } from 'react';
import { CallFigures } from '../../model/index.js';
import { useShown } from './use-shown.js';

export function Figures(): ReactNode {
  const { calls, answered, lost, waiting, longestWait, longestWaitEver } = useShown(CallFigures);
  return (
    <section className="board__figures" aria-label="Calls">
      <dl className="figures">
        <Figure name="Answered" value={answered} tone="good">
          of <span data-figure="calls">{calls.toLocaleString('en-GB')}</span> calls
        </Figure>
        <Figure name="Lost" value={lost} tone="bad">
          unanswered
        </Figure>
        <Figure name="Longest wait" value={longestWait} tone="warn">
          <span data-figure="waiting">{waiting}</span> waiting · at most{' '}
          <span data-figure="longest-wait-ever">{longestWaitEver}</span>
        </Figure>
      </dl>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number | string;
  readonly tone: 'good' | 'bad' | 'warn';
  readonly children: ReactNode;
}

function Figure({ name, value, tone, children }: FigureProps): ReactNode {
  const text = value.toLocaleString('en-GB');
  return (
    <div className={`figure figure--${tone}`}>
      <dt className="figure__name">{name}</dt>
      <dd
        className="figure__value"
        data-figure={name.toLowerCase().replace(' ', '-')}
        style={{ '--length': text.length } as CSSProperties}
      >
        {text}
      </dd>
      <dd className="figure__note">{children}</dd>
    </div>
  );
}
