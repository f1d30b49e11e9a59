import { useState } from 'react';
import type { CacheHistory } from '../../../src/model/caches/cache-history.js';
import type { CacheWrite } from '../../../src/model/caches/cache-write.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { CacheChange } from './cache-change.js';

interface CacheChangesProps {
  readonly cache: CacheHistory;
  /** So many of the writes that are kept have happened. */
  readonly writes: number;
  readonly goTo: (writes: number) => void;
}

const MOST = 30;

/** The writes before a moment, the last one first, each with what it has changed. */
export function CacheChanges({ cache, writes, goTo }: CacheChangesProps): React.ReactNode {
  const [most, setMost] = useState(MOST);
  const places = Array.from({ length: Math.min(writes, most) }, (_, index) => writes - 1 - index);
  return (
    <section className="caches__part" aria-label="Changes">
      <div className="bar">
        <h2>Changes, the last one first</h2>
      </div>
      {places.length === 0 && <Empty>No write that is kept.</Empty>}
      <ol className="changes" tabIndex={0} aria-label="Changes, scrolls">
        {places.map((place) => {
          const write: CacheWrite | undefined = cache.at(place);
          return write === undefined ? null : (
            <CacheChange key={write.sequence} write={write} goTo={() => goTo(place + 1)} />
          );
        })}
        {writes > most && (
          <li>
            <Button onPress={() => setMost(most + MOST)}>Earlier changes</Button>
          </li>
        )}
      </ol>
    </section>
  );
}
