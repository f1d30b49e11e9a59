import { memo, type ReactNode } from 'react';
import { CallFigures, LiveBridges, SourceState, type BridgeRow } from '../../model/index.js';
import { TablePanel } from './table-panel.js';
import { useShown } from './use-shown.js';

export function BridgeTable(): ReactNode {
  const { rows, more } = useShown(LiveBridges);
  const { bridges, bridgesAlive } = useShown(CallFigures);
  const { emptyText } = useShown(SourceState);
  return (
    <TablePanel name="bridges" title="Bridges" alive={bridgesAlive} created={bridges} more={more} emptyText={emptyText}>
      <thead>
        <tr>
          <th scope="col">Bridge</th>
          <th scope="col" className="table__members table__number">
            Channels
          </th>
          <th scope="col" className="table__members table__number">
            For
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <BridgeLine key={row.id} row={row} />
        ))}
      </tbody>
    </TablePanel>
  );
}

const BridgeLine = memo(function BridgeLine({ row }: { row: BridgeRow }): ReactNode {
  return (
    <tr>
      <td>{row.name}</td>
      <td className="table__number">{row.channels}</td>
      <td className="table__number">{row.duration}</td>
    </tr>
  );
});
