import type { CacheHistory } from '../../../src/model/caches/cache-history.js';
import { countText, timeText } from '../client/format.js';
import { Button } from '../parts/button.js';

interface TimeTravelProps {
  readonly cache: CacheHistory;
  /** So many of the writes that are kept have happened. */
  readonly writes: number;
  readonly isNow: boolean;
  /** @param writes `undefined` for now */
  readonly onChange: (writes: number | undefined) => void;
}

/** Goes back to any write that is kept. Nothing but what is shown changes: no cache is written, and no handler runs. */
export function TimeTravel({ cache, writes, isNow, onChange }: TimeTravelProps): React.ReactNode {
  const write = writes === 0 ? undefined : cache.at(writes - 1);
  const when = write === undefined ? 'before the first write' : timeText(write.at);
  const text = isNow ? 'now' : `after ${countText(writes)} of ${countText(cache.length)} writes, ${when}`;
  return (
    <div className="travel" role="group" aria-label="Time travel">
      <Button onPress={() => onChange(Math.max(0, writes - 1))} isDisabled={writes === 0} label="One write back">
        ←
      </Button>
      <input
        type="range"
        min={0}
        max={cache.length}
        value={writes}
        aria-label="Moment"
        aria-valuetext={text}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <Button onPress={() => onChange(writes + 1)} isDisabled={writes >= cache.length} label="One write on">
        →
      </Button>
      <Button onPress={() => onChange(undefined)} isPressed={isNow}>
        Now
      </Button>
      <output aria-live="off" data-figure="moment">
        {text}
        {isNow ? '' : ' (read only)'}
      </output>
    </div>
  );
}
