import type { BoundedList } from '../../../src/model/ground/bounded-list.js';
import type { ChangedRecord } from '../../../src/protocol/records.js';
import { timeText } from '../client/format.js';
import { Empty } from '../parts/empty.js';

const MOST = 100;

/** The last happenings that are no messages: topics and subscriptions that came or went, congestion, errors. */
export function ChangesList({ changes }: { readonly changes: BoundedList<ChangedRecord> }): React.ReactNode {
  const last = changes.slice(Math.max(0, changes.length - MOST)).reverse();
  if (last.length === 0) return <Empty>Nothing yet.</Empty>;
  return (
    <ol className="happenings" tabIndex={0} aria-label="Happenings, scrolls">
      {last.map(({ at, text }, index) => (
        <li key={changes.length - index}>
          <time>{timeText(at)}</time> {text}
        </li>
      ))}
    </ol>
  );
}
