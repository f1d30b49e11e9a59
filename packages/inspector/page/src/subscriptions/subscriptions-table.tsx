import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { useState } from 'react';
import { countText } from '../client/format.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { SubscriptionLine } from './subscription-line.js';

interface SubscriptionsTableProps {
  readonly rows: readonly SubscriptionRow[];
  readonly now: number;
}

/** So many are drawn; those that matter come first. */
const MOST = 50;

export function SubscriptionsTable({ rows, now }: SubscriptionsTableProps): React.ReactNode {
  const [most, setMost] = useState(MOST);
  if (rows.length === 0) return <Empty>No subscription.</Empty>;
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label="Table of subscriptions, scrolls">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Subscription</th>
            <th scope="col">State</th>
            <th scope="col" className="table__number">
              Rate
            </th>
            <th scope="col">Waiting now</th>
            <th scope="col">Waited: median, p99</th>
            <th scope="col">Handled: median, p99</th>
            <th scope="col" className="table__number">
              Failed
            </th>
            <th scope="col" className="table__number">
              Dropped
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <SubscriptionLine key={row.id} row={row} now={now} />
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <p className="table-more">
          {countText(rows.length - most)} more. <Button onPress={() => setMost(most + MOST)}>Show {MOST} more</Button>
        </p>
      )}
    </div>
  );
}
