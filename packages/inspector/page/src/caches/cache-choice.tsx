import type { CacheHistory } from '../../../src/model/caches/cache-history.js';
import { countText } from '../client/format.js';
import { useNavigation } from '../client/navigation.js';

interface CacheChoiceProps {
  readonly caches: readonly CacheHistory[];
  readonly current: CacheHistory;
}

/** Which cache is looked at. */
export function CacheChoice({ caches, current }: CacheChoiceProps): React.ReactNode {
  const { go } = useNavigation();
  return (
    <label className="field">
      <span className="field__label">Cache, or states</span>
      <select value={current.updates} onChange={({ target }) => go({ cache: target.value })}>
        {caches.map(({ updates, topic, size, described = size, areStates }) => (
          <option key={updates} value={updates}>
            {areStates ? `States of ${topic}, ` : `${topic} → ${updates}, `}
            {countText(described)} entries
          </option>
        ))}
      </select>
    </label>
  );
}
