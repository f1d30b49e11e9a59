import { useState } from 'react';
import { keyText, type CacheEntry, type CacheWrite } from '../../../src/model/caches/cache-write.js';
import { textOfShown } from '../../../src/model/values/text-of-shown.js';
import { countText, timeText } from '../client/format.js';
import { Empty } from '../parts/empty.js';
import { MessageLink } from '../parts/message-link.js';
import { TextField } from '../parts/text-field.js';

interface CacheEntriesProps {
  readonly entries: readonly CacheEntry[];
  /** The last write before the moment that is looked at. */
  readonly changed: CacheWrite | undefined;
  readonly isNow: boolean;
}

/** So many are drawn. */
const MOST = 200;

/** What stands in a cache. */
export function CacheEntries({ entries, changed, isNow }: CacheEntriesProps): React.ReactNode {
  const [search, setSearch] = useState('');
  const needle = search.trim().toLowerCase();
  const found = entries.filter((entry) => needle === '' || keyText(entry).toLowerCase().includes(needle));
  const changedKey = changed === undefined ? undefined : keyText(changed);
  return (
    <section className="caches__part" aria-label="Entries">
      <div className="bar">
        <h2>{isNow ? 'Entries now' : 'Entries then'}</h2>
        <TextField label="Type or id" value={search} onChange={setSearch} />
        <output className="bar__count" aria-live="off" data-figure="entries">
          {countText(found.length)}
        </output>
      </div>
      {found.length === 0 ? (
        <Empty>Nothing stands in it.</Empty>
      ) : (
        <div className="table-frame" tabIndex={0} role="group" aria-label="Table of entries, scrolls">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">Id</th>
                <th scope="col">Data</th>
                <th scope="col">Written</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, MOST).map((entry) => (
                <EntryLine key={keyText(entry)} entry={entry} isChanged={keyText(entry) === changedKey} />
              ))}
            </tbody>
          </table>
          {found.length > MOST && <p className="table-more">{countText(found.length - MOST)} more: search for them.</p>}
        </div>
      )}
    </section>
  );
}

function EntryLine({ entry, isChanged }: { readonly entry: CacheEntry; readonly isChanged: boolean }) {
  const { type, snapshot, data, at, by } = entry;
  return (
    <tr className={isChanged ? 'table__selected' : undefined}>
      <td>{type}</td>
      <th scope="row">
        {snapshot}
        {isChanged && <span className="table__note">changed just then</span>}
      </th>
      <td className="table__data">{textOfShown(data, 300)}</td>
      <td>
        {at === undefined ? 'earlier' : timeText(at)}{' '}
        {by !== undefined && <MessageLink id={by}>{`by ${by}`}</MessageLink>}
      </td>
    </tr>
  );
}
