import { memo, type ReactNode } from 'react';
import { CallFigures, LiveChannels, SourceState, type ChannelRow } from '../../model/index.js';
import { TablePanel } from './table-panel.js';
import { useShown } from './use-shown.js';

export function ChannelTable(): ReactNode {
  const { rows, more } = useShown(LiveChannels);
  const { channels, channelsAlive } = useShown(CallFigures);
  const { emptyText } = useShown(SourceState);
  return (
    <TablePanel
      name="channels"
      title="Live channels"
      alive={channelsAlive}
      created={channels}
      more={more}
      emptyText={emptyText}
    >
      <thead>
        <tr>
          <th scope="col" className="table__state">
            State
          </th>
          <th scope="col">Caller</th>
          <th scope="col">To</th>
          <th scope="col" className="table__duration table__number">
            For
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ChannelLine key={row.id} row={row} />
        ))}
      </tbody>
    </TablePanel>
  );
}

const ChannelLine = memo(function ChannelLine({ row }: { row: ChannelRow }): ReactNode {
  return (
    <tr>
      <td>
        <span className={`state state--${row.activity}`}>
          <span className={`glyph glyph--${row.activity}`} aria-hidden="true" />
          {row.state}
        </span>
      </td>
      <td>{row.caller}</td>
      <td>{row.to}</td>
      <td className="table__number">{row.duration}</td>
    </tr>
  );
});
