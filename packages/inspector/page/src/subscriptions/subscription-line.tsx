import { stateOfSubscription } from '../../../src/model/map/live-map.js';
import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { countText, durationText, rateText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';
import { Sparkline } from '../parts/sparkline.js';
import { StateMark } from '../parts/state-mark.js';

interface SubscriptionLineProps {
  readonly row: SubscriptionRow;
  readonly now: number;
}

/** One subscription in the table. */
export function SubscriptionLine({ row, now }: SubscriptionLineProps): React.ReactNode {
  const { place, go } = useNavigation();
  const { id, name, waits, handlings, isDone } = row;
  const points = row.series.until(now, 60);
  const state = isDone ? 'done' : stateOfSubscription(row, now);
  const [wait, waitP99] = [waits.quantile(0.5), waits.quantile(0.99)].map(durationText);
  const [handling, handlingP99] = [handlings.quantile(0.5), handlings.quantile(0.99)].map(durationText);
  return (
    <tr className={place.subscription === id ? 'table__selected' : undefined} data-subscription={id}>
      <th scope="row">
        <button type="button" className="link" onClick={() => go({ subscription: id })}>
          {name}
        </button>
        <span className="table__note">{name === id ? '' : id}</span>
      </th>
      <td>
        <StateMark state={state}>{state}</StateMark>
      </td>
      <td className="table__number">{rateText(row.rate(now))}</td>
      <td>
        <span className="measure">
          <span className="measure__value" data-figure="depth">
            {countText(row.depth)}
          </span>
          <Sparkline values={points.map(({ depth }) => depth)} limit={row.highWater} label="Waiting, the last minute" />
        </span>
      </td>
      <td>
        <span className="measure">
          <span className="measure__value">{`${wait ?? ''}, ${waitP99 ?? ''}`}</span>
          <Sparkline
            values={points.map(({ waitMedianMs }) => waitMedianMs)}
            behind={points.map(({ waitP99Ms }) => waitP99Ms)}
            label="Time waited, median and p99, the last minute"
          />
        </span>
      </td>
      <td>
        <span className="measure">
          <span className="measure__value">{`${handling ?? ''}, ${handlingP99 ?? ''}`}</span>
          <Sparkline
            values={points.map(({ handleMedianMs }) => handleMedianMs)}
            behind={points.map(({ handleP99Ms }) => handleP99Ms)}
            label="Time handled, median and p99, the last minute"
          />
        </span>
      </td>
      <td className={`table__number ${row.failed > 0 ? 'bad' : ''}`} data-figure="failed">
        {countText(row.failed)}
      </td>
      <td className={`table__number ${row.allDropped > 0 ? 'bad' : ''}`} data-figure="dropped">
        {countText(row.allDropped)}
      </td>
    </tr>
  );
}
