import type { SubscriptionRow } from '../../../src/model/subscriptions/subscription-row.js';
import { stateOfSubscription } from '../../../src/model/map/live-map.js';

/** What comes first. */
export type Sorting = 'trouble' | 'depth' | 'wait' | 'handling' | 'rate' | 'drops' | 'name';

const NAMES: Readonly<Record<Sorting, string>> = {
  trouble: 'Trouble first',
  depth: 'Deepest first',
  wait: 'Longest waits first',
  handling: 'Slowest first',
  rate: 'Busiest first',
  drops: 'Most dropped first',
  name: 'By name',
};

interface SortChoiceProps {
  readonly sorting: Sorting;
  readonly onChange: (sorting: Sorting) => void;
}

export function SortChoice({ sorting, onChange }: SortChoiceProps): React.ReactNode {
  return (
    <label className="field">
      <span className="field__label">Order</span>
      <select value={sorting} onChange={({ target }) => onChange(target.value as Sorting)}>
        {Object.entries(NAMES).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const TROUBLE = ['failing', 'dropping', 'congested', 'paused', 'fine'];

/** Another array. Those that are equal stay as they were; those that are done come last. */
export function sortRows(rows: readonly SubscriptionRow[], sorting: Sorting, now: number): SubscriptionRow[] {
  if (sorting === 'name') return [...rows].sort((one, other) => one.name.localeCompare(other.name));
  const weight = WEIGHTS[sorting];
  const weights = new Map(rows.map((row) => [row, (row.isDone ? -1e12 : 0) + weight(row, now)]));
  return [...rows].sort((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0));
}

const WEIGHTS: Readonly<Record<Exclude<Sorting, 'name'>, (row: SubscriptionRow, now: number) => number>> = {
  trouble: (row, now) => -TROUBLE.indexOf(stateOfSubscription(row, now)),
  depth: ({ depth }) => depth,
  wait: ({ waits }) => waits.quantile(0.99) ?? 0,
  handling: ({ handlings }) => handlings.quantile(0.99) ?? 0,
  rate: (row, now) => row.rate(now),
  drops: ({ allDropped }) => allDropped,
};
