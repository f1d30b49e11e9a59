import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { countText, durationText } from '../client/format.js';

/** Which message types its handler takes longest for. */
export function SlowestTable({ row }: { readonly row: SubscriptionRow }): React.ReactNode {
  const types = row.slowest.list();
  const { slowestType = null, highestInvokeMs = null } = row.statistics ?? {};
  if (types.length === 0) {
    return (
      <p className="soft">{slowestType === null ? 'None yet.' : `${slowestType}: ${durationText(highestInvokeMs)}`}</p>
    );
  }
  return (
    <table className="table table--small">
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col" className="table__number">
            Handled
          </th>
          <th scope="col" className="table__number">
            Mean
          </th>
          <th scope="col" className="table__number">
            Longest
          </th>
        </tr>
      </thead>
      <tbody>
        {types.map(({ type, count, meanMs, highestMs }) => (
          <tr key={type}>
            <th scope="row">{type}</th>
            <td className="table__number">{countText(count)}</td>
            <td className="table__number">{durationText(meanMs)}</td>
            <td className="table__number">{durationText(highestMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
