import type { ReactNode } from 'react';
import { BusFigures } from '../../model/index.js';
import { useShown } from './use-shown.js';

/** What the bus says of itself. */
export function BusStrip(): ReactNode {
  const { perSecond, published, topics, subscriptions, waiting, deepest, slowestMs } = useShown(BusFigures);
  return (
    <section aria-label="Message bus">
      <dl className="strip">
        <StripFigure name="messages a second" value={perSecond} />
        <StripFigure name="published" value={published} />
        <StripFigure name="topics" value={topics} />
        <StripFigure name="subscriptions" value={subscriptions} />
        <StripFigure name="waiting" value={waiting} />
        <StripFigure name="deepest mailbox" value={deepest} />
        <StripFigure name="slowest handler, ms" value={slowestMs} />
      </dl>
    </section>
  );
}

function StripFigure({ name, value }: { name: string; value: number | string }): ReactNode {
  return (
    <div className="strip__figure">
      <dt>{name}</dt>
      <dd className="strip__value" data-bus={name.replaceAll(' ', '-')}>
        {value.toLocaleString('en-GB')}
      </dd>
    </div>
  );
}
