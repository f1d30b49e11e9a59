import {
  handledMs,
  stateOf,
  waitedMs,
  type Delivery,
  type MessageRow,
} from '../../../src/model/messages/message-row.js';
import { useInspector } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { durationText } from '../client/format.js';
import { Empty } from '../parts/empty.js';
import { StateMark } from '../parts/state-mark.js';

/** So many are drawn; nobody reads more. */
const MOST_ROWS = 200;

/** Who got a message, how long it waited there and how long it was handled, on one scale of time. */
export function Waterfall({ row }: { readonly row: MessageRow }): React.ReactNode {
  if (row.deliveries.length === 0) return <Empty>It reached nobody.</Empty>;
  const end = row.deliveries.reduce((latest, delivery) => Math.max(latest, endOf(delivery)), row.at);
  const scale = { from: row.at, ms: Math.max(end - row.at, 0.001) };
  return (
    <ol className="waterfall">
      {row.deliveries.slice(0, MOST_ROWS).map((delivery, index) => (
        <WaterfallRow key={`${delivery.subscription} ${index}`} delivery={delivery} scale={scale} />
      ))}
      {row.deliveries.length > MOST_ROWS && <li>and {row.deliveries.length - MOST_ROWS} more</li>}
    </ol>
  );
}

interface Scale {
  readonly from: number;
  readonly ms: number;
}

function WaterfallRow({ delivery, scale }: { readonly delivery: Delivery; readonly scale: Scale }) {
  const { model } = useInspector();
  const { go } = useNavigation();
  const { subscription, depth, error, beganAt } = delivery;
  const state = stateOf(delivery);
  const name = model.subscriptions.get(subscription)?.name ?? subscription;
  const began = (beganAt ?? endOf(delivery)) - scale.from;
  const [wait, handle] = [(began / scale.ms) * 100, ((handledMs(delivery) ?? 0) / scale.ms) * 100];
  return (
    <li className="waterfall__row" data-subscription={subscription}>
      <span className="waterfall__name">
        <button type="button" className="link" onClick={() => go({ view: 'Subscriptions', subscription })}>
          {name}
        </button>
        {name !== subscription && <span className="waterfall__id">{subscription}</span>}
      </span>
      <StateMark state={state}>{state}</StateMark>
      <span className="waterfall__track" aria-hidden="true">
        <span className="waterfall__wait" style={{ width: `${Math.max(0, wait)}%` }} />
        <span className={`waterfall__handle waterfall__handle--${state}`} style={{ width: `${handle}%` }} />
      </span>
      <span className="waterfall__times">
        waited {durationText(waitedMs(delivery))}
        {depth !== undefined && depth > 1 ? ` behind ${depth - 1}` : ''}, handled {durationText(handledMs(delivery))}
      </span>
      {error !== undefined && <span className="waterfall__error">{error}</span>}
    </li>
  );
}

function endOf({ endedAt, droppedAt, beganAt, queuedAt }: Delivery): number {
  return endedAt ?? droppedAt ?? beganAt ?? queuedAt ?? 0;
}
