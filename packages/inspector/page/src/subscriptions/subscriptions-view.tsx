import { useState } from 'react';
import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { useNavigation } from '../client/navigation.js';
import { TextField } from '../parts/text-field.js';
import { SortChoice, sortRows, type Sorting } from './sorting.js';
import { SubscriptionDetail } from './subscription-detail.js';
import { SubscriptionsTable } from './subscriptions-table.js';

/** Who listens, how well it keeps up, and one of them. */
export function SubscriptionsView(): React.ReactNode {
  useNowAndThen();
  const { model } = useInspector();
  const { place } = useNavigation();
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>('trouble');
  const needle = search.trim().toLowerCase();
  const rows = model.subscriptions
    .all()
    .filter(({ id, name, topic }) => needle === '' || `${id} ${name} ${topic}`.toLowerCase().includes(needle));
  const selected = place.subscription === undefined ? undefined : model.subscriptions.get(place.subscription);
  return (
    <div className={`split ${selected === undefined ? '' : 'split--open'}`}>
      <section className="split__main" aria-label="Subscriptions">
        <form
          className="bar"
          role="search"
          aria-label="Search of subscriptions"
          onSubmit={(event) => event.preventDefault()}
        >
          <TextField label="Name, id or topic" value={search} onChange={setSearch} />
          <SortChoice sorting={sorting} onChange={setSorting} />
          <output className="bar__count" aria-live="off">
            {rows.length} subscriptions
          </output>
        </form>
        <SubscriptionsTable rows={sortRows(rows, sorting, model.now)} now={model.now} />
      </section>
      {selected !== undefined && <SubscriptionDetail row={selected} />}
    </div>
  );
}
