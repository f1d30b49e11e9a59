import { stateOf, type DeliveryState, type MessageRow } from '../../../src/model/messages/message-row.js';
import { textOfShown } from '../../../src/model/values/text-of-shown.js';
import { timeText } from '../client/format.js';
import { StateMark } from '../parts/state-mark.js';

interface MessageRowLineProps {
  readonly row: MessageRow;
  readonly index: number;
  /** How far down, in pixels. */
  readonly start: number;
  readonly isSelected: boolean;
  readonly choose: () => void;
}

/** One message in the list. */
export function MessageRowLine({ row, index, start, isSelected, choose }: MessageRowLineProps): React.ReactNode {
  return (
    <div
      id={`message-${row.id}`}
      className="row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${start}px)` }}
      onClick={choose}
    >
      <span role="gridcell">{timeText(row.at)}</span>
      <span role="gridcell">{row.id}</span>
      <span role="gridcell" title={row.topic}>
        {row.topic}
      </span>
      <span role="gridcell" className="row__type" title={row.type}>
        {row.type}
      </span>
      <span role="gridcell" className="row__data">
        {textOfShown(row.data, 160)}
      </span>
      <span role="gridcell">
        <Outcome row={row} />
      </span>
    </div>
  );
}

const WORST: readonly DeliveryState[] = ['failed', 'dropped', 'handling', 'waiting'];

/** The worst of what has become of it, and at how many. */
function Outcome({ row: { deliveries } }: { readonly row: MessageRow }) {
  if (deliveries.length === 0) return <StateMark state="unheard">nobody</StateMark>;
  const states = deliveries.map(stateOf);
  const worst = WORST.find((state) => states.includes(state));
  if (worst === undefined) return <StateMark state="handled">{deliveries.length}</StateMark>;
  const count = states.filter((state) => state === worst).length;
  return (
    <StateMark state={worst}>
      {worst} {deliveries.length === 1 ? '' : `${count} of ${deliveries.length}`}
    </StateMark>
  );
}
